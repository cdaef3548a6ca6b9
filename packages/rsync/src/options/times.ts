import { InvalidArgumentError } from '@quiesce/command';

const minuteMs = 60_000;

/** Checks when a run is to end. */
export function checkStopAt(argument: string, value: unknown): Date {
  // Also a Date of another realm, as of a test runner's.
  const time = Object.prototype.toString.call(value) === '[object Date]' ? (value as Date).getTime() : Number.NaN;
  const minute = Math.floor(time / minuteMs) * minuteMs;
  if (minute > Date.now() && minute < Date.UTC(10_000, 0)) return new Date(time);
  const expected = 'a Date in the future, by a minute at least, and before the year 10000';
  throw new InvalidArgumentError({ argument, value, expected });
}

/** A time as rsync takes it, where the time zone is {@link stopAtEnvironment}. */
export const stopAtWord = (time: Date): string => time.toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length);

/** rsync reads the time as that of its own zone, which nobody here knows. */
export const stopAtEnvironment: Readonly<Record<string, string>> = { TZ: 'UTC' };
