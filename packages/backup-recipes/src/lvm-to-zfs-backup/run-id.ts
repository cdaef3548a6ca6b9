import { randomBytes } from 'node:crypto';

/** Names one run: the time of its snapshots, and something that no other run has. */
export function createRunId(epochSeconds: number): string {
  return `${String(epochSeconds)}-${randomBytes(4).toString('hex')}`;
}

/** The tag of every volume that a run makes is this and the run's id. */
export const runTagPrefix = 'quiesce.run=';

/** The tag of every volume that one run makes. */
export function runTag(runId: string): string {
  return `${runTagPrefix}${runId}`;
}
