import { shortName } from './look.js';
import { localTime } from './periods.js';
import type { PrunePlan } from './plan.js';
import type { KeptSnapshot } from './policy.js';

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** A size as people read it: `1.5 GiB`. */
function sizeText(bytes: number): string {
  const power = bytes < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${power === 0 || value >= 100 ? value.toFixed(0) : value.toFixed(1)} ${units[power] ?? ''}`;
}

function stateText({ complete, runId, verified }: KeptSnapshot): string {
  if (verified === 'damaged') return 'DAMAGED';
  if (complete) return verified === 'whole' ? 'verified' : 'complete';
  return runId === undefined ? 'no run' : 'incomplete';
}

const counted = (count: number): string => `${String(count)} ${count === 1 ? 'snapshot' : 'snapshots'}`;

/** Rows of a table, each column as wide as its widest. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/**
 * Writes a plan of {@link pruneSnapshots} as a table for a terminal: a line for each snapshot, the
 * newest first, whether it is kept, and why. Times are those of the plan's time zone. It ends with
 * a line break.
 *
 * @example
 * ```ts
 * const plan = await pruneSnapshots({ target: 'archives/backups', keep: { daily: 7 } }).plan();
 * process.stdout.write(pruneToText(plan));
 * ```
 */
export function pruneToText(plan: Omit<PrunePlan, 'toShell'>): string {
  const { freesBytes, snapshots, target, timeZone, warnings } = plan;
  const local = localTime(timeZone);
  const going = snapshots.filter(({ keep }) => !keep).length;
  const goes = going === 0 ? 'none goes' : `${String(going)} ${going === 1 ? 'goes' : 'go'} (${sizeText(freesBytes)})`;
  const rows = snapshots.map((one) => [
    ...[
      one.keep ? 'keep' : 'GOES',
      shortName(one.name),
      one.at === undefined ? '' : local.textOf(one.at),
      stateText(one),
    ],
    ...[one.usedBytes === undefined ? '' : sizeText(one.usedBytes), one.why.join(', ')],
  ]);
  return [
    `${target}: ${counted(snapshots.length)}, ${goes}`,
    ...(rows.length === 0
      ? []
      : ['', ...table([['', 'SNAPSHOT', `DATA OF (${timeZone})`, 'STATE', 'ALONE', 'KEPT AS'], ...rows])]),
    ...(warnings.length === 0 ? [] : ['', ...warnings.map(({ message, subject }) => `! ${subject}: ${message}`)]),
    '',
  ].join('\n');
}
