import { quoteWords, toShell } from '@quiesce/command';
import { pauseUnit, resumeUnit } from '../host/units.js';
import { runFolder } from '../run-folder.js';
import type { Finding } from './finding.js';

/** The shell command that undoes a finding, or shows why that has to wait. */
export function remedyOf({ name, runId, undo }: Finding): string {
  // Ending it would leave its guests paused.
  if (undo.length === 0) return quoteWords(['journalctl', `--unit=${name}`]);
  const remedy = undo.map((command) => toShell(command)).join(' && ');
  // The units of the run read it.
  const units = quoteWords([pauseUnit(runId), resumeUnit(runId)]);
  return name === runFolder(runId) ? `systemctl --quiet is-active -- ${units} || ${remedy}` : remedy;
}
