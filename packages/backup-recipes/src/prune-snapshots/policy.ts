import { timeOfState, isSound, rankOf } from './rank.js';
import { isUnreadable, type BackupState } from '../target/states.js';
import { implausibleTimes } from './implausible-times.js';
import type { KeepRules } from './keep.js';
import { localTime, type PeriodKind } from './periods.js';

/** What the policy says of one snapshot. */
export interface KeptSnapshot {
  /** Its name, as `archives/backups@daily.1364083186`. */
  readonly name: string;
  /** When the run was whose data it holds. The time of its making where that is not known. */
  readonly at: Date | undefined;
  /** The run whose data it holds. Undefined where no run of ours wrote it. */
  readonly runId: string | undefined;
  /** Whether every byte of that run is in it. */
  readonly complete: boolean;
  /** What comparing it with its checksums came to. Undefined where it was not compared. */
  readonly verified: 'whole' | 'partly' | 'damaged' | undefined;
  /** What would be free without it alone, in bytes. */
  readonly usedBytes: number | undefined;
  readonly keep: boolean;
  /**
   * Why it is kept: `last`, `hourly 2013-03-25 01h+01:00`, `daily 2013-03-25`, `weekly 2013-W13`,
   * `monthly 2013-03`, `yearly 2013`, `within`, `newest complete`; what it stays for whatever the
   * rules say: `made by others`, `held`, `cloned as NAME`, `from the future`, `not readable`,
   * `of an implausible time`, `nothing complete would remain`. Empty where it goes.
   */
  readonly why: readonly string[];
}

/** Something that is worth knowing of a snapshot, or of all. */
export interface PolicyWarning {
  /** The snapshot or the target. */
  readonly subject: string;
  readonly message: string;
}

/** What the policy asks for. */
export interface PolicyDecision {
  /** Each snapshot, in the order of the states: the newest first. */
  readonly snapshots: readonly KeptSnapshot[];
  readonly warnings: readonly PolicyWarning[];
}

/** What the policy goes by. */
export interface PolicyOptions {
  readonly target: string;
  readonly keep: KeepRules;
  /** The time zone whose days, weeks, months and years count, as `Europe/Berlin`. */
  readonly timeZone: string;
  readonly now: Date;
}

/** A snapshot that the rules are about. */
interface Counted {
  readonly state: BackupState;
  readonly name: string;
  readonly at: Date;
}

/** Why a snapshot stays whatever the rules say. */
function stays({ clones, holds, madeBy }: BackupState): string[] {
  return [
    ...(madeBy === 'run' ? [] : ['made by others']),
    ...(holds > 0 ? ['held'] : []),
    ...clones.map((clone) => `cloned as ${clone}`),
  ];
}

/**
 * The best of each of the newest periods: of so many that hold a complete one, and of as many that
 * hold none and are not older.
 *
 * @param counted - In the order of their making, the newest first. Of equals the first is the best.
 */
function bestOfPeriods(
  counted: readonly Counted[],
  count: number,
  periodOf: (one: Counted) => string,
): [period: string, best: Counted][] {
  const periods = new Map<string, Counted>();
  for (const one of counted) {
    const period = periodOf(one);
    const best = periods.get(period);
    if (best === undefined || rankOf(one.state) < rankOf(best.state)) periods.set(period, one);
  }
  let [sound, others] = [0, 0];
  const kept: [string, Counted][] = [];
  for (const [period, best] of periods) {
    if (sound === count) break;
    if (isSound(best.state)) sound += 1;
    else if ((others += 1) > count) continue;
    kept.push([period, best]);
  }
  return kept;
}

/** Why the rules keep snapshots, by their names. */
function ruleReasons(counted: readonly Counted[], { keep, timeZone }: PolicyOptions): Map<string, string[]> {
  const reasons = new Map<string, string[]>();
  const note = ({ name }: Counted, why: string): void => {
    reasons.set(name, [...(reasons.get(name) ?? []), why]);
  };
  for (const [, best] of bestOfPeriods(counted, keep.last ?? 0, ({ name, state }) => state.runId ?? name)) {
    note(best, 'last');
  }
  const local = localTime(timeZone);
  const periods = new Map(counted.map(({ at, name }) => [name, local.periodsOf(at)]));
  const kinds: readonly PeriodKind[] = ['hourly', 'daily', 'weekly', 'monthly', 'yearly'];
  for (const kind of kinds) {
    const best = bestOfPeriods(counted, keep[kind] ?? 0, ({ name }) => periods.get(name)?.[kind] ?? '');
    for (const [period, one] of best) note(one, `${kind} ${period}`);
  }
  const newest = counted[0]?.at.getTime() ?? 0;
  for (const one of counted) {
    if ((keep.withinMs ?? 0) > 0 && newest - one.at.getTime() <= (keep.withinMs ?? 0)) note(one, 'within');
  }
  const lastSound = counted.find(({ state }) => isSound(state));
  if (lastSound !== undefined) note(lastSound, 'newest complete');
  return reasons;
}

const futureMessage = (at: Date): string =>
  `its data are of ${at.toISOString()}, which is yet to come: a clock was wrong. It is kept; destroy it by hand when you need it no more`;
const unreadableMessage =
  'its properties name a run, and nothing of that run can be read in it. It is kept; destroy it by hand when you need it no more';
const nothingMessage =
  'neither what it holds now nor any snapshot of it is complete, so nothing is pruned: make a backup first';

/**
 * Which snapshots of a target the rules keep, and why. It only computes.
 *
 * Only snapshots that runs of ours made may go. In each period the best is kept: one that was
 * verified as whole before another that is complete, that before an incomplete one, and one that is
 * known to be damaged last; of equals the newest. The newest complete one is always kept. Nothing
 * goes where no complete one would remain. Which one is newer is told by the order of their making:
 * one whose time contradicts that stays.
 *
 * @param states - What `readStates` found: the newest first.
 */
export function decide(states: readonly BackupState[], options: PolicyOptions): PolicyDecision {
  const { now, target } = options;
  const warnings: PolicyWarning[] = [];
  const always = new Map<string, string[]>();
  const counted: Counted[] = [];
  const snapshots = states.flatMap((state) => (state.snapshot === undefined ? [] : [{ state, name: state.snapshot }]));
  const implausible = implausibleTimes(states, now);
  for (const { state, name } of snapshots) {
    const at = timeOfState(state);
    const why = stays(state);
    if (state.madeBy === 'run' && isUnreadable(state)) {
      why.push('not readable');
      warnings.push({ subject: name, message: unreadableMessage });
    } else if (state.madeBy === 'run' && at !== undefined && at > now) {
      why.push('from the future');
      warnings.push({ subject: name, message: futureMessage(at) });
    } else if (state.madeBy === 'run' && implausible.has(state)) {
      why.push('of an implausible time');
      warnings.push({ subject: name, message: implausible.get(state) ?? '' });
    } else if (state.madeBy === 'run' && at !== undefined) counted.push({ state, name, at });
    else if (why.length === 0) why.push('of no known time');
    always.set(name, why);
  }
  const reasons = ruleReasons(counted, options);
  const isAnySound = [
    ...states.filter((state) => state.snapshot === undefined && !isUnreadable(state)),
    ...counted.map(({ state }) => state),
  ];
  const isNothingSound = !isAnySound.some(isSound);
  if (isNothingSound && counted.length > 0) warnings.push({ subject: target, message: nothingMessage });
  return {
    warnings,
    snapshots: snapshots.map(({ state, name }) => {
      const said = [...(reasons.get(name) ?? []), ...(always.get(name) ?? [])];
      const why = said.length === 0 && isNothingSound ? ['nothing complete would remain'] : said;
      return {
        ...{ name, at: timeOfState(state), runId: state.runId, complete: state.complete === true },
        ...{ verified: state.verified?.outcome, usedBytes: state.usedBytes, keep: why.length > 0, why },
      };
    }),
  };
}
