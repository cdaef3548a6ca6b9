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
  for (const { unit } of parseUnitStates(stdout).filter(isBusy)) {
    const { role, runId } = roleOfUnit(unit) ?? {};
    if (role === undefined || runId === undefined) continue;
    const found = { kind: 'unit', name: unit, runId } as const;
    // Ending the pause starts the resuming. That ends when its guests run, and nobody should end it before.
    if (role === 'pause') pauseUnits.push({ ...found, undo: [stopUnitsCommand({ units: [unit] })] });
    else resumeUnits.push({ ...found, undo: [] });
  }
  return { pauseUnits, resumeUnits };
}
