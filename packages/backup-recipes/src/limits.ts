import * as z from 'zod';
import type { PreflightProblem } from './preflight-error.js';
import { numberShape } from './shape-problems.js';

const minute = 60_000;
/** What a timer of Node can wait, in milliseconds: nearly 25 days. */
export const longestMs: number = 2 ** 31 - 1;

/**
 * How long a run waits for commands of the host, in milliseconds. What takes longer fails what it
 * was for: rsync and checkers are ended, LVM, ZFS and mount, which must not be cut short, are left
 * to go on.
 */
export interface RunLimits {
  /**
   * Looking at something.
   * @default 60000
   */
  readonly readMs: number;
  /**
   * Making, changing or removing a volume: another command of LVM may hold its group's lock.
   * @default 60000
   */
  readonly lvmMs: number;
  /**
   * Making a snapshot of a dataset, or setting a property: a suspended pool answers never.
   * @default 300000
   */
  readonly zfsMs: number;
  /**
   * Checking a file system, journal and all.
   * @default 3600000
   */
  readonly checkMs: number;
  /**
   * Mounting a file system, or unmounting it.
   * @default 300000
   */
  readonly mountMs: number;
  /**
   * Folders, small files and units.
   * @default 60000
   */
  readonly smallMs: number;
  /**
   * Copying one volume, or the host's own files. The pool is asked for every 15 s meanwhile: where
   * it does not answer within `readMs` twice, copying ends.
   * @default 86400000: a day
   */
  readonly copyMs: number;
  /**
   * Comparing the copy of one volume with what was frozen.
   * @default 86400000: a day
   */
  readonly verifyMs: number;
}

/** The limits that hold where nothing else is said. */
export const limits: RunLimits = {
  readMs: minute,
  lvmMs: minute,
  zfsMs: 5 * minute,
  checkMs: 60 * minute,
  mountMs: 5 * minute,
  smallMs: minute,
  copyMs: 24 * 60 * minute,
  verifyMs: 24 * 60 * minute,
};

/** The limits that hold with an option `limits`. */
export function limitsOf(given: { readonly [Name in keyof RunLimits]?: number | undefined } = {}): RunLimits {
  const said = Object.entries(given).filter(([, limit]) => limit !== undefined);
  return { ...limits, ...Object.fromEntries(said) };
}

const count = numberShape.optional();

/** The shape of the option `limits` of every recipe. */
export const limitsShape: z.ZodType = z
  .strictObject({
    ...{ readMs: count, lvmMs: count, zfsMs: count, checkMs: count, mountMs: count, smallMs: count },
    ...{ copyMs: count, verifyMs: count },
  })
  .optional();

/** What is wrong with the option `limits`. */
export function limitProblems(given: RunLimits): PreflightProblem[] {
  const names = Object.keys(limits) as (keyof RunLimits)[];
  return names.flatMap((name) => {
    const value = given[name];
    if (value >= 1000 && value <= longestMs) return [];
    const problem = `not milliseconds from 1000 to ${String(longestMs)}`;
    return [{ option: `limits.${name}`, value: String(value), problem }];
  });
}
