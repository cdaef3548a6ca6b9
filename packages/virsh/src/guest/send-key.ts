import {
  argumentWords,
  checkArgument,
  checkInteger,
  checkOptions,
  createCommand,
  InvalidArgumentError,
} from '@quiesce/command';
import type { CallOptions, Command, Rows } from '@quiesce/command';
import type { LinuxKey } from './linux-keys.js';
import { domainRow } from '../names.js';

/**
 * Tables of key numbers and names other than Linux's. Those of `win32` and `os_x` have names, the
 * rest only numbers.
 */
export type Codeset = 'atset1' | 'atset2' | 'atset3' | 'os_x' | 'qnum' | 'usb' | 'win32' | 'xt' | 'xt_kbd';

interface SendKeyBase extends CallOptions {
  /** Name or UUID of a running domain. */
  readonly domain: string;
  /**
   * How long the keys are held, in milliseconds.
   * @default the hypervisor's own, 100 with QEMU
   */
  readonly holdtimeMs?: number;
}

/** {@link VirshSendKeyOptions} with Linux keys. */
export interface VirshSendKeyLinuxOptions extends SendKeyBase {
  /** @default 'linux' */
  readonly codeset?: 'linux';
  /** The keys, 1 to 16 of them. All of them are pressed together. */
  readonly keys: readonly (LinuxKey | number)[];
}

/** {@link VirshSendKeyOptions} with the keys of another codeset. */
export interface VirshSendKeyOtherOptions extends SendKeyBase {
  /** The table that the keys are from. */
  readonly codeset: Codeset;
  /** The keys, 1 to 16 of them. All of them are pressed together. */
  readonly keys: readonly (string | number)[];
}

/** What {@link Virsh.sendKey} takes. */
export type VirshSendKeyOptions = VirshSendKeyLinuxOptions | VirshSendKeyOtherOptions;

const codesets = ['linux', 'atset1', 'atset2', 'atset3', 'os_x', 'qnum', 'usb', 'win32', 'xt', 'xt_kbd'] as const;

function checkKey(argument: string, key: unknown): string | number {
  if (typeof key === 'number') return checkInteger(argument, key, { maximum: 65_535 });
  const grammar = { pattern: /^[A-Za-z]\w*$/, expected: 'a key as KEY_A', maximumBytes: 64 };
  if (typeof key === 'string') return checkArgument(argument, key, grammar);
  throw new InvalidArgumentError({ argument, value: key, expected: 'the name or the number of a key' });
}

/** One key, whatever its codeset. */
interface AnyKeyOptions extends SendKeyBase {
  readonly codeset?: (typeof codesets)[number];
  readonly keys: readonly (string | number)[];
}

/** The words of {@link VirshSendKeyOptions}. */
export const virshSendKeyRows: Rows<AnyKeyOptions> = {
  domain: domainRow,
  codeset: { kind: 'choice', option: '--codeset=', values: codesets },
  holdtimeMs: { kind: 'integer', option: '--holdtime=', minimum: 1, maximum: 2 ** 31 - 1 },
  keys: { kind: 'list', each: { kind: 'other', check: checkKey, sample: 'KEY_SYSRQ' }, most: 16, required: true },
};

/** Builds the command of {@link Virsh.sendKey}. See virsh(1), `send-key`. */
export function virshSendKeyCommand(options: VirshSendKeyOptions): Command {
  const checked = checkOptions<AnyKeyOptions>(virshSendKeyRows, options);
  const words = [...argumentWords(virshSendKeyRows, checked), '--', ...checked.keys.map(String)];
  return createCommand('virsh', ['send-key', ...words], { effect: 'write' });
}
