import type { Measurement } from './measure.js';
import type { SideName } from './sides.js';
import type { Summary } from './summary.js';

/** Seconds with two decimals, as `12.34 s`. */
function formatSeconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

/** What one side of a round came to, in one line. */
export function formatMeasurement(side: SideName, { pausedMs, wallMs }: Measurement): string {
  const pauses = Object.entries(pausedMs).map(([guest, pause]) => `${guest} paused ${formatSeconds(pause)}`);
  return `${side.padEnd(8)}${[...pauses, `whole run ${formatSeconds(wallMs)}`].join(', ')}`;
}

/** The table of all rounds, and whether the goals hold. */
export function formatSummary({ comparisons, goals }: Summary, rounds: number): readonly string[] {
  const width = Math.max(...comparisons.map(({ what }) => what.length));
  const row = (what: string, ...cells: readonly string[]): string =>
    [what.padEnd(width), ...cells.map((cell) => cell.padStart(10))].join('  ');
  return [
    `Medians over ${String(rounds)} ${rounds === 1 ? 'round' : 'rounds'}; the ratio is the median of the rounds' ratios:`,
    '',
    row('', 'script', 'quiesce', 'ratio'),
    ...comparisons.map(({ what, scriptMs, quiesceMs, ratio }) =>
      row(what, formatSeconds(scriptMs), formatSeconds(quiesceMs), ratio.toFixed(2)),
    ),
    '',
    ...goals.map(({ what, atMost, ratio, holds }) => {
      return `goal ${holds ? 'met' : 'missed'}: ${what} at most ${atMost.toFixed(2)} of the script's, is ${ratio.toFixed(2)}`;
    }),
  ];
}
