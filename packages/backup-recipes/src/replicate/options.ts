import { localTransport, type Transport } from '@quiesce/command';
import * as z from 'zod';
import { limitProblems, limitsOf, limitsShape, type RunLimits } from '../limits.js';
import { PreflightError, type PreflightProblem } from '../preflight-error.js';
import { numberShape, shapeProblems, transportShape } from '../shape-problems.js';
import { targetNameProblems } from '../target/target-name.js';

/** Where {@link replicate} brings a target to. */
export interface ReplicaPlace {
  /** The ZFS file system that becomes the copy, as `offsite/backups`. What it lies in is there. */
  readonly dataset: string;
  /**
   * The host that has it. It needs the rights of root there.
   * @default that of the target
   */
  readonly transport?: Transport;
}

/** What {@link replicate} takes. */
export interface ReplicateOptions {
  /** The ZFS file system that backups were made to, as `archives/backups`. */
  readonly target: string;
  /** Where it goes. */
  readonly to: ReplicaPlace;
  /**
   * Most bytes in a second that go from one side to the other.
   * @default no limit
   */
  readonly maximumBytesPerSecond?: number;
  /**
   * Sends blocks as they are on disk, so that what is encrypted stays so and the other side needs
   * no key. A copy stays with what it began with.
   * @default true where the target is encrypted
   */
  readonly raw?: boolean;
  /**
   * Gives up what was changed on the copy, and snapshots of it that the target does not have: look
   * at the plan's `givenUp` first, as they may be your newest backups. A copy of the target that
   * has no snapshots is replaced as a whole; any other dataset is refused.
   * @default false
   */
  readonly rollback?: boolean;
  /**
   * Mounts the copy at the end, read-only. Nothing that is there already is covered.
   * @default false
   */
  readonly mount?: boolean;
  /**
   * How the copy is proven. `'guids'`: ZFS compared checksums of all that came, and every snapshot
   * is the very one that was sent. `'checksums'`: then all of the newest is read as well, as
   * `verifyBackup` does, which needs `mount`.
   * @default 'guids'
   */
  readonly verify?: 'guids' | 'checksums';
  /**
   * How long commands of the hosts may take, in milliseconds: `copyMs` is for all that is sent in
   * one stream.
   */
  readonly limits?: Partial<RunLimits>;
  /**
   * The host that has the target. It needs the rights of root there.
   * @default localTransport()
   */
  readonly transport?: Transport;
}

/** The options with every default filled in. */
export interface ResolvedReplicateOptions {
  readonly target: string;
  readonly to: Required<ReplicaPlace>;
  readonly maximumBytesPerSecond: number | undefined;
  readonly raw: boolean | undefined;
  readonly rollback: boolean;
  readonly mount: boolean;
  readonly verify: 'guids' | 'checksums';
  readonly limits: RunLimits;
  readonly transport: Transport;
}

const flag = z.boolean().optional();

const shape = z.strictObject({
  target: z.string(),
  to: z.strictObject({ dataset: z.string(), transport: transportShape }),
  maximumBytesPerSecond: numberShape.optional(),
  ...{ raw: flag, rollback: flag, mount: flag },
  verify: z.enum(['guids', 'checksums']).optional(),
  limits: limitsShape,
  transport: transportShape,
});

function* valueProblems(resolved: ResolvedReplicateOptions): Generator<PreflightProblem> {
  const { maximumBytesPerSecond: rate, mount, target, to, transport, verify } = resolved;
  yield* targetNameProblems(target);
  yield* targetNameProblems(to.dataset, 'to.dataset');
  if (to.transport === transport && `${to.dataset}/`.startsWith(`${target}/`)) {
    const problem = 'the target itself, or in it: name another dataset, on another pool or host';
    yield { option: 'to.dataset', value: to.dataset, problem };
  }
  if (to.transport === transport && target.startsWith(`${to.dataset}/`)) {
    const problem = 'the target lies in it, and would go with what it holds: name a dataset on another pool or host';
    yield { option: 'to.dataset', value: to.dataset, problem };
  }
  if (rate !== undefined && !(Number.isSafeInteger(rate) && rate > 0)) {
    yield { option: 'maximumBytesPerSecond', value: String(rate), problem: 'not a whole number of bytes from 1' };
  }
  if (verify === 'checksums' && !mount) {
    yield { option: 'verify', value: verify, problem: 'reads the files of the copy: it needs mount: true' };
  }
  yield* limitProblems(resolved.limits);
}

/**
 * Fills in the defaults.
 *
 * @throws {@link PreflightError} that lists every option which no host could make right.
 */
export function resolveReplicateOptions(options: ReplicateOptions): ResolvedReplicateOptions {
  const misshapen = shapeProblems(shape, options);
  if (misshapen.length > 0) throw new PreflightError(misshapen);
  const transport = options.transport ?? localTransport();
  const resolved: ResolvedReplicateOptions = {
    target: options.target,
    to: { dataset: options.to.dataset, transport: options.to.transport ?? transport },
    maximumBytesPerSecond: options.maximumBytesPerSecond,
    raw: options.raw,
    rollback: options.rollback ?? false,
    mount: options.mount ?? false,
    verify: options.verify ?? 'guids',
    limits: limitsOf(options.limits),
    transport,
  };
  const problems = [...valueProblems(resolved)];
  if (problems.length > 0) throw new PreflightError(problems);
  return resolved;
}
