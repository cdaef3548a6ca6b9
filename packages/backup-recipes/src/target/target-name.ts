import type { PreflightProblem } from '../preflight-error.js';

const datasetName = /^[A-Za-z][A-Za-z0-9_.: -]*(?:\/[A-Za-z0-9_.:][A-Za-z0-9_.: -]*)*$/;

/** What is wrong with an option that names a ZFS file system. */
export function targetNameProblems(value: string, option = 'target'): PreflightProblem[] {
  if (datasetName.test(value)) return [];
  return [{ option, value, problem: 'not the name of a ZFS dataset: give it as pool/path' }];
}

/** Whether a name is that of a snapshot of a target. */
export function isSnapshotOf(target: string, name: string): boolean {
  return name.startsWith(`${target}@`) && name.length > target.length + 1;
}
