import { randomBytes } from 'node:crypto';

/** Names one run: the time of its snapshots, and something that no other run has. */
export function createRunId(epochSeconds: number): string {
  return `${String(epochSeconds)}-${randomBytes(4).toString('hex')}`;
}
