import type { Lab } from '@quiesce/lab';
import { formatMeasurement, formatSummary } from './format-summary.js';
import { measure, settleMs, type Measurement } from './measure.js';
import { hostRoot } from './settings.js';
import { sidesOfRound, type SideName } from './sides.js';
import { summarize, type Round, type Summary } from './summary.js';

/** How the benchmark is run. */
export interface PauseBenchOptions {
  readonly rounds: number;
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
}

/** Everything that was measured. */
export interface PauseBenchResult extends Summary {
  readonly version: 1;
  readonly bench: 'pause';
  readonly release: string;
  readonly accelerator: string;
  readonly notes: readonly string[];
  readonly rounds: readonly Round[];
}

/** What makes the comparison fair, and what does not. */
const notes: readonly string[] = [
  `Before each run of either side the lab is put back to its saved state (target empty, caches cold), its guests write out their buffers, and it is left alone for ${String(settleMs / 1000)} s.`,
  'The sides take turns, and each round begins with the other one.',
  'Pauses are measured by libvirt\'s own events ("Suspended" to "Resumed"), recorded in the lab before either side starts.',
  `Both copy ${hostRoot} of the host in place of /, which would hide the difference behind minutes of copying the same files.`,
  'The script runs inside the lab, in one ssh session. quiesce runs outside and pays an ssh round trip for each command.',
  'Not counted: the start of sh and of Node. Counted: preflight, checks and clean-up of quiesce; the sleeps of the script.',
  'After each run of either side: guests running, copies consistent, no LVM snapshot left. Else the run is a failure.',
];

/** Runs both sides in turn and compares them. */
export async function runPauseBench(lab: Lab, { rounds, signal, print }: PauseBenchOptions): Promise<PauseBenchResult> {
  for (const note of notes) print(`- ${note}`);
  const done: Round[] = [];
  for (let number = 1; number <= rounds; number += 1) {
    print(`\nround ${String(number)} of ${String(rounds)}`);
    const measured: Partial<Record<SideName, Measurement>> = {};
    for (const side of sidesOfRound(number)) {
      const measurement = await measure(lab, side, signal).catch((error: unknown) => {
        throw new Error(`${side.name} failed: ${error instanceof Error ? error.message : String(error)}`, {
          cause: error,
        });
      });
      measured[side.name] = measurement;
      print(formatMeasurement(side.name, measurement));
    }
    const { script, quiesce } = measured;
    if (script !== undefined && quiesce !== undefined) done.push({ script, quiesce });
  }
  const summary = summarize(
    done,
    lab.guests.map(({ name }) => name),
  );
  for (const line of ['', ...formatSummary(summary, rounds)]) print(line);
  const { release, accelerator } = lab;
  return { version: 1, bench: 'pause', release, accelerator, notes, rounds: done, ...summary };
}
