import { run, type CallOptions, type Transport } from '@quiesce/command';
import {
  isBusy,
  parseUnitStates,
  roleOfUnit,
  stopUnitsCommand,
  unitPatterns,
  unitStatesCommand,
} from '../../host/units.js';
import type { Finding } from '../finding.js';

/** The units of runs that do something. */
export interface UnitSurvey {
  readonly pauseUnits: readonly Finding[];
  readonly resumeUnits: readonly Finding[];
  /** An rsync that goes on although its run is over, as after a lost link. */
  readonly copyUnits: readonly Finding[];
}

/** The units of runs, of these or of all, that still do something. */
export async function busyUnits(
  transport: Transport,
  call: CallOptions,
  units: readonly string[] = unitPatterns,
): Promise<UnitSurvey> {
  const { stdout } = await run(transport, unitStatesCommand({ units }), call);
  const pauseUnits: Finding[] = [];
  const resumeUnits: Finding[] = [];
  const copyUnits: Finding[] = [];
  for (const { unit } of parseUnitStates(stdout).filter(isBusy)) {
    const { role, runId } = roleOfUnit(unit) ?? {};
    if (role === undefined || runId === undefined) continue;
    const found = { kind: 'unit', name: unit, runId } as const;
    const stop = [stopUnitsCommand({ units: [unit] })];
    // Ending the pause starts the resuming. That ends when its guests run, and nobody should end it
    // before.
    if (role === 'pause') pauseUnits.push({ ...found, undo: stop });
    else if (role === 'copy') copyUnits.push({ ...found, undo: stop });
    else resumeUnits.push({ ...found, undo: [] });
  }
  return { pauseUnits, resumeUnits, copyUnits };
}
