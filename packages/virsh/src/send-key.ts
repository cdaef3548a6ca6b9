import { checkArgument, checkInteger, createCommand, InvalidArgumentError } from '@quiesce/command';
import type { CallOptions, Command } from '@quiesce/command';
import type { LinuxKey } from './linux-keys.js';
import { domainArgument } from './names.js';

/** Tables of key numbers and names other than Linux's. Those of `win32` and `os_x` have names, the rest only numbers. */
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

/** {@link SendKeyOptions} with Linux keys. */
export interface SendLinuxKeyOptions extends SendKeyBase {
  /** @default 'linux' */
  readonly codeset?: 'linux';
  /** The keys, 1 to 16 of them. All of them are pressed together. */
  readonly keys: readonly (LinuxKey | number)[];
}

/** {@link SendKeyOptions} with the keys of another codeset. */
export interface SendOtherKeyOptions extends SendKeyBase {
  /** The table that the keys are from. */
  readonly codeset: Codeset;
  /** The keys, 1 to 16 of them. All of them are pressed together. */
  readonly keys: readonly (string | number)[];
}

/** What {@link Virsh.sendKey} takes. */
export type SendKeyOptions = SendLinuxKeyOptions | SendOtherKeyOptions;

const maximumKeys = 16;
const maximumHoldtimeMs = 2 ** 31 - 1;

function keyWord(key: string | number, index: number): string {
  const argument = `keys[${index}]`;
  if (typeof key === 'number') return String(checkInteger(argument, key, { maximum: 65_535 }));
  return checkArgument(argument, key, { pattern: /^[A-Za-z]\w*$/, expected: 'a key as KEY_A', maximumBytes: 64 });
}

/** Builds the command of {@link Virsh.sendKey}. See virsh(1), `send-key`. */
export function sendKeyCommand({ domain, codeset, holdtimeMs, keys }: SendKeyOptions): Command {
  if (keys.length < 1 || keys.length > maximumKeys) {
    throw new InvalidArgumentError({ argument: 'keys', value: keys.length, expected: `1 to ${maximumKeys} keys` });
  }
  const words = [
    domainArgument('domain', domain),
    ...(codeset === undefined ? [] : [`--codeset=${codeset}`]),
    ...(holdtimeMs === undefined
      ? []
      : [`--holdtime=${checkInteger('holdtimeMs', holdtimeMs, { minimum: 1, maximum: maximumHoldtimeMs })}`]),
  ];
  return createCommand('virsh', ['send-key', ...words, '--', ...keys.map(keyWord)], { effect: 'write' });
}
