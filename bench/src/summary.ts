import type { Measurement } from './measure.js';
import type { SideName } from './sides.js';

/** Both sides of one round. */
export type Round = Readonly<Record<SideName, Measurement>>;

/** One row: what was measured, in milliseconds, and how the two compare. */
export interface Comparison {
  readonly what: string;
  /** Median over the rounds. */
  readonly scriptMs: number;
  /** Median over the rounds. */
  readonly quiesceMs: number;
  /** Median over the rounds of quiesce to script in the same round. */
  readonly ratio: number;
}

/** What is to be reached. */
export interface Goal {
  readonly what: string;
  readonly atMost: number;
  readonly ratio: number;
  readonly holds: boolean;
}

/** What all rounds come to. */
export interface Summary {
  readonly comparisons: readonly Comparison[];
  readonly goals: readonly Goal[];
}

const longestPauseGoal = 0.25;
const wallGoal = 0.32;

/** The middle one; between the two middle ones of an even number. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

function compare(what: string, rounds: readonly Round[], valueOf: (measurement: Measurement) => number): Comparison {
  return {
    what,
    scriptMs: median(rounds.map(({ script }) => valueOf(script))),
    quiesceMs: median(rounds.map(({ quiesce }) => valueOf(quiesce))),
    ratio: median(rounds.map(({ script, quiesce }) => valueOf(quiesce) / valueOf(script))),
  };
}

/** Compares the two sides over all rounds. */
export function summarize(rounds: readonly Round[], guests: readonly string[]): Summary {
  const ofGuests = guests.map((guest) =>
    compare(`${guest} paused`, rounds, ({ pausedMs }) => pausedMs[guest] ?? Number.NaN),
  );
  const longest = compare('longest pause', rounds, ({ pausedMs }) => Math.max(...Object.values(pausedMs)));
  const wall = compare('whole run', rounds, ({ wallMs }) => wallMs);
  const goal = ({ what, ratio }: Comparison, atMost: number): Goal => ({ what, ratio, atMost, holds: ratio <= atMost });
  return {
    comparisons: [...ofGuests, longest, wall],
    goals: [goal(longest, longestPauseGoal), goal(wall, wallGoal)],
  };
}
