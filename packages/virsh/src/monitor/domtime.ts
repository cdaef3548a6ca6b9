import { isDate } from 'node:util/types';
import {
  argumentWords,
  checkedWords,
  checkOptions,
  createCommand,
  InvalidArgumentError,
  OutputParseError,
  type ArgumentTable,
  type CallOptions,
  type Checked,
  type Command,
  type Rows,
} from '@quiesce/command';
import { domainRow } from '../names.js';

/** What {@link Virsh.domtime} takes. */
export interface VirshDomtimeOptions extends CallOptions {
  /** Name or UUID of a running domain. */
  readonly domain: string;
}

/** Sets a time that the caller names. */
export interface VirshDomtimeSetTimeOptions extends VirshDomtimeOptions {
  /** The time to set, from 1970 to April 2262. Parts of a second are left out. */
  readonly time: Date;
}

/** Sets the time of another clock. */
export interface VirshDomtimeSetNowOptions extends VirshDomtimeOptions {
  /** Sets the time of the machine that runs virsh, which need not be the one of the domain. */
  readonly now: true;
}

/** Sets the time of the domain's own clock. */
export interface VirshDomtimeSyncOptions extends VirshDomtimeOptions {
  /** Lets the guest read its time from the real-time clock that the domain has. */
  readonly sync: true;
}

/** What {@link Virsh.setDomtime} takes. */
export type VirshDomtimeSetOptions = VirshDomtimeSetTimeOptions | VirshDomtimeSetNowOptions | VirshDomtimeSyncOptions;

// The guest agent counts nanoseconds in 63 bits.
const maximumSeconds = 9_223_372_036;

const secondsOf = (time: Date): number => Math.floor(time.getTime() / 1000);

function checkTime(argument: string, value: unknown): Date {
  if (isDate(value)) {
    const seconds = secondsOf(value);
    if (seconds >= 0 && seconds <= maximumSeconds) return new Date(value);
  }
  throw new InvalidArgumentError({ argument, value, expected: 'a Date from 1970 to April 2262' });
}

/** The words of {@link VirshDomtimeOptions}. */
export const virshDomtimeRows: Rows<VirshDomtimeOptions> = { domain: domainRow };

/** The words of {@link VirshDomtimeSetOptions}. */
export const virshDomtimeSetRows: ArgumentTable<VirshDomtimeSetOptions> = {
  exclusive: [
    {
      time: { kind: 'other', check: checkTime, sample: new Date('2026-09-21T14:13:20Z'), required: true },
      ...virshDomtimeRows,
    },
    { now: { kind: 'flag', option: '--now', required: true }, ...virshDomtimeRows },
    { sync: { kind: 'flag', option: '--sync', required: true }, ...virshDomtimeRows },
  ],
};

function flagWord(argument: 'now' | 'sync', value: boolean): string {
  if (value) return `--${argument}`;
  // Callers without types can pass false. Without the word virsh would read the time.
  throw new InvalidArgumentError({ argument, value, expected: 'true, or another way to set the time' });
}

function timeWord(options: Checked<VirshDomtimeSetOptions>): string {
  if ('time' in options) return `--time=${String(secondsOf(options.time))}`;
  return 'now' in options ? flagWord('now', options.now) : flagWord('sync', options.sync);
}

/** Builds the command of {@link Virsh.domtime}. See virsh(1), `domtime`. */
export function virshDomtimeCommand(options: VirshDomtimeOptions): Command {
  return createCommand('virsh', ['domtime', ...checkedWords(virshDomtimeRows, options)], { effect: 'read' });
}

/** Builds the command of {@link Virsh.setDomtime}. See virsh(1), `domtime`. */
export function virshDomtimeSetCommand(options: VirshDomtimeSetOptions): Command {
  const checked = checkOptions<VirshDomtimeSetOptions>(virshDomtimeSetRows, options);
  const words = [...argumentWords(virshDomtimeRows, checked), timeWord(checked)];
  return createCommand('virsh', ['domtime', ...words], { effect: 'write' });
}

/** Reads what the command of {@link Virsh.domtime} prints. */
export function parseVirshDomtime(stdout: string): Date {
  const text = stdout.trim();
  const { seconds } = /^Time: (?<seconds>-?\d+)$/.exec(text)?.groups ?? {};
  const time = new Date(Number(seconds) * 1000);
  if (Number.isNaN(time.getTime())) throw new OutputParseError('virsh domtime did not print a time', { text });
  return time;
}
