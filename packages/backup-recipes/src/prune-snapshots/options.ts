import { localTransport, type Transport } from '@quiesce/command';
import * as z from 'zod';
import { limitProblems, limitsOf, limitsShape, type RunLimits } from '../limits.js';
import { PreflightError, type PreflightProblem } from '../preflight-error.js';
import { numberShape, shapeProblems, transportShape } from '../shape-problems.js';
import { targetNameProblems } from '../target/target-name.js';
import type { KeepRules } from './keep.js';
import { localTime } from './periods.js';

/** What {@link pruneSnapshots} takes. */
export interface PruneSnapshotsOptions {
  /** The ZFS file system that backups were made to, as `archives/backups`. */
  readonly target: string;
  /** Which of its snapshots are kept. What no rule keeps goes, if a run of ours made it. */
  readonly keep: KeepRules;
  /**
   * Whose clocks say when an hour, day, week, month and year begins, as `Europe/Berlin`.
   * @default that of this process
   */
  readonly timeZone?: string;
  /**
   * How long commands of the host may take, in milliseconds. `readMs` counts for looking at all
   * snapshots, `zfsMs` for destroying up to 100 of them.
   */
  readonly limits?: Partial<RunLimits>;
  /**
   * The host that has the target. It needs the rights of root there.
   * @default localTransport()
   */
  readonly transport?: Transport;
}

/** The options with every default filled in. */
export interface ResolvedPruneOptions extends Required<Omit<PruneSnapshotsOptions, 'limits'>> {
  readonly limits: RunLimits;
}

const count = numberShape.optional();

const shape = z.strictObject({
  target: z.string(),
  keep: z.strictObject({
    ...{ last: count, hourly: count, daily: count, weekly: count, monthly: count, yearly: count, withinMs: count },
  }),
  timeZone: z.string().optional(),
  limits: limitsShape,
  transport: transportShape,
});

function* keepProblems(keep: KeepRules): Generator<PreflightProblem> {
  const rules = Object.entries(keep).filter((entry): entry is [string, number] => entry[1] !== undefined);
  for (const [name, value] of rules) {
    if (Number.isSafeInteger(value) && value >= 0) continue;
    const problem = name === 'withinMs' ? 'not whole milliseconds, 0 or more' : 'not a whole number, 0 or more';
    yield { option: `keep.${name}`, value: String(value), problem };
  }
  if (rules.some(([, value]) => value !== 0)) return;
  const problem = 'it keeps nothing: give at least one number above 0, as { daily: 7, weekly: 4, monthly: 12 }';
  yield { option: 'keep', value: JSON.stringify(keep), problem };
}

function* timeZoneProblems(value: string): Generator<PreflightProblem> {
  try {
    localTime(value);
  } catch {
    yield { option: 'timeZone', value, problem: 'not a time zone: give it as Europe/Berlin, or UTC' };
  }
}

/**
 * Fills in the defaults.
 *
 * @throws {@link PreflightError} that lists every option which no host could make right.
 */
export function resolvePruneOptions(options: PruneSnapshotsOptions): ResolvedPruneOptions {
  const misshapen = shapeProblems(shape, options);
  if (misshapen.length > 0) throw new PreflightError(misshapen);
  const resolved: ResolvedPruneOptions = {
    target: options.target,
    keep: { ...options.keep },
    timeZone: options.timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone,
    limits: limitsOf(options.limits),
    transport: options.transport ?? localTransport(),
  };
  const problems = [
    ...targetNameProblems(resolved.target),
    ...keepProblems(resolved.keep),
    ...timeZoneProblems(resolved.timeZone),
    ...limitProblems(resolved.limits),
  ];
  if (problems.length > 0) throw new PreflightError(problems);
  return resolved;
}
