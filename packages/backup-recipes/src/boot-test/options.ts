import { localTransport, type Transport } from '@quiesce/command';
import * as z from 'zod';
import { limitProblems, limitsOf, limitsShape, longestMs, type RunLimits } from '../limits.js';
import { PreflightError, type PreflightProblem } from '../preflight-error.js';
import { numberShape, shapeProblems, transportShape } from '../shape-problems.js';
import { isSnapshotOf, targetNameProblems } from '../target/target-name.js';
import { parseGuestAddress } from './guest-address.js';

/**
 * By what a guest is known to have started. A text is looked for in what was read as UTF-8, without
 * control characters but for line feeds and tabs, and each time more of it comes: `$` in a pattern
 * can meet the end of a part.
 */
export type BootSign =
  | {
      /** What it prints on its serial console, in one line or over several. */
      readonly console: string | RegExp;
    }
  | {
      /** Its guest agent answers. */
      readonly agent: true;
    }
  | PortSign;

/**
 * A TCP port of the guest answers. For that the guest has its first network interface, in a network
 * where it can reach nobody, no server of names either: only who connects to that port gets an
 * answer. Users of the host can, as long as the test lasts. To the guest they come from the first
 * address of its network, or the second.
 */
export interface PortSign {
  /** The port, as 22. */
  readonly port: number;
  /**
   * What the guest says there, as `'SSH-2.0'`. A connection alone is no sign: QEMU accepts it
   * before the guest does. Each time it is listened to for some seconds: five at first, and 30 in
   * the end.
   */
  readonly says: string | RegExp;
  /**
   * What is sent first, as `'GET / HTTP/1.0\r\n\r\n'`.
   * @default nothing
   */
  readonly send?: string;
  /**
   * The address of the guest with its network, as `'192.0.2.7/24'`, for one that does not ask for
   * it by DHCP.
   * @default what DHCP gives it
   */
  readonly address?: string;
}

/** What {@link bootTest} takes. */
export interface BootTestOptions {
  /** The ZFS file system that backups were made to, as `archives/backups`. */
  readonly target: string;
  /** The guest that is started, by its name. */
  readonly guest: string;
  /** By what it is known to have started. */
  readonly sign: BootSign;
  /**
   * What it is started from: what the target holds now, the snapshot of it with this name, as
   * `archives/backups@daily.1364083186`, or the newest complete one of a run that was not after a
   * date.
   * @default the newest complete one
   */
  readonly backup?: 'now' | (string & {}) | Date;
  /**
   * `'allow'`: it is tried although not every byte of its images is there.
   * @default 'refuse'
   */
  readonly incomplete?: 'refuse' | 'allow';
  /**
   * How long it may take to start, in milliseconds.
   * @default 300000: five minutes
   */
  readonly timeoutMs?: number;
  /**
   * Its memory, in bytes. The host must have as much to spare.
   * @default as the guest has
   */
  readonly memoryBytes?: number;
  /**
   * How many processors it has.
   * @default as the guest has
   */
  readonly vcpus?: number;
  /** How long commands of the host may take, in milliseconds. */
  readonly limits?: Partial<RunLimits>;
  /**
   * The host that has the target and libvirt. It needs the rights of root there.
   * @default localTransport()
   */
  readonly transport?: Transport;
}

/** The options with every default filled in. */
export interface ResolvedBootOptions {
  readonly target: string;
  readonly guest: string;
  readonly sign: BootSign;
  readonly backup: string | Date | undefined;
  readonly incomplete: 'refuse' | 'allow';
  readonly timeoutMs: number;
  readonly memoryBytes: number | undefined;
  readonly vcpus: number | undefined;
  readonly limits: RunLimits;
  readonly transport: Transport;
}

const shape = z.strictObject({
  target: z.string(),
  guest: z.string(),
  sign: z.union(
    [
      z.strictObject({ console: z.union([z.string(), z.instanceof(RegExp)]) }),
      z.strictObject({ agent: z.literal(true) }),
      z.strictObject({
        ...{ port: numberShape, says: z.union([z.string(), z.instanceof(RegExp)]) },
        ...{ send: z.string().optional(), address: z.string().optional() },
      }),
    ],
    {
      error:
        'expected { console: a text or RegExp }, { agent: true } or { port: a number, says: a text or RegExp }, with send and address if need be',
    },
  ),
  backup: z.union([z.string(), z.date()], { error: "expected 'now', a snapshot or a Date" }).optional(),
  incomplete: z.enum(['refuse', 'allow']).optional(),
  timeoutMs: numberShape.optional(),
  memoryBytes: numberShape.optional(),
  vcpus: numberShape.optional(),
  limits: limitsShape,
  transport: transportShape,
});

const mebibyte = 1024 ** 2;

/** Whether a pattern is met before anything was printed. */
function matchesNothing({ flags, source }: RegExp): boolean {
  // The caller's own pattern may remember where it was.
  return new RegExp(source, flags.replaceAll(/[gy]/g, '')).test('');
}

function* signProblems(sign: BootSign): Generator<PreflightProblem> {
  const [option, wanted] =
    'console' in sign ? ['sign.console', sign.console] : ['sign.says', 'says' in sign ? sign.says : undefined];
  if (typeof wanted === 'string' && wanted.trim() === '') {
    yield { option, value: wanted, problem: 'empty: every guest prints that' };
  }
  if (typeof wanted === 'string' && /[^\P{Cc}\n\t]/u.test(wanted)) {
    const problem = 'it has control characters, which are taken out of what is read: leave them out, \\r too';
    yield { option, value: wanted, problem };
  }
  if (wanted instanceof RegExp && matchesNothing(wanted)) {
    const problem = 'it matches an empty text, as every guest prints: give a pattern of what it prints when it is up';
    yield { option, value: String(wanted), problem };
  }
  if (!('port' in sign)) return;
  const { address, port, send = '' } = sign;
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    yield { option: 'sign.port', value: String(port), problem: 'not a port from 1 to 65535' };
  }
  if (send.includes('\0')) yield { option: 'sign.send', value: send, problem: "a NUL can't be sent" };
  if (address !== undefined && parseGuestAddress(address) === undefined) {
    const problem = 'not an address of a host with its network, of 8 to 29 bits, as 192.0.2.7/24';
    yield { option: 'sign.address', value: address, problem };
  }
}

function* valueProblems(options: ResolvedBootOptions): Generator<PreflightProblem> {
  const { backup, guest, memoryBytes, sign, target, timeoutMs, vcpus } = options;
  if (guest === '') yield { option: 'guest', value: guest, problem: 'empty: name the guest' };
  yield* signProblems(sign);
  if (typeof backup === 'string' && backup !== 'now' && !isSnapshotOf(target, backup)) {
    yield { option: 'backup', value: backup, problem: `not a snapshot of the target: give it as ${target}@name` };
  }
  const inRange = (value: number, least: number, most: number): boolean =>
    Number.isInteger(value) && value >= least && value <= most;
  if (!inRange(timeoutMs, 1000, longestMs)) {
    yield {
      option: 'timeoutMs',
      value: String(timeoutMs),
      problem: `not milliseconds from 1000 to ${String(longestMs)}`,
    };
  }
  if (memoryBytes !== undefined && !inRange(memoryBytes, 16 * mebibyte, 2 ** 50)) {
    yield { option: 'memoryBytes', value: String(memoryBytes), problem: `not bytes from ${String(16 * mebibyte)} on` };
  }
  if (vcpus !== undefined && !inRange(vcpus, 1, 1024)) {
    yield { option: 'vcpus', value: String(vcpus), problem: 'not a number of processors' };
  }
}

/**
 * Fills in the defaults.
 *
 * @throws {@link PreflightError} that lists every option which no host could make right.
 */
export function resolveBootOptions(options: BootTestOptions): ResolvedBootOptions {
  const misshapen = shapeProblems(shape, options);
  if (misshapen.length > 0) throw new PreflightError(misshapen);
  const { backup, guest, memoryBytes, sign, target, vcpus } = options;
  const resolved: ResolvedBootOptions = {
    ...{ target, guest, sign, backup, memoryBytes, vcpus },
    incomplete: options.incomplete ?? 'refuse',
    timeoutMs: options.timeoutMs ?? 300_000,
    limits: limitsOf(options.limits),
    transport: options.transport ?? localTransport(),
  };
  const problems = [
    ...targetNameProblems(resolved.target),
    ...limitProblems(resolved.limits),
    ...valueProblems(resolved),
  ];
  if (problems.length > 0) throw new PreflightError(problems);
  return resolved;
}
