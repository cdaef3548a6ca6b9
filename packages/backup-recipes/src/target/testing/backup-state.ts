import { createRunId } from '../../run-id.js';
import type { BackupState } from '../states.js';

const target = 'archives/backups';

/** A complete snapshot of a run's data, made a day later by the next run. */
export function stateAt(at: Date, given: Partial<BackupState> = {}): BackupState {
  const seconds = Math.floor(at.getTime() / 1000);
  const runId = given.runId ?? createRunId(seconds);
  const createdAt = new Date(at.getTime() + 86_400_000);
  return {
    ...{ snapshot: `${target}@daily.${String(seconds + 86_400)}`, folder: `/${target}`, runId, at, complete: true },
    ...{ namedInstead: undefined, madeBy: 'run', createdAt, usedBytes: 1, referencedBytes: 1, holds: 0, clones: [] },
    ...{ guid: String(seconds), verified: undefined, guests: [] },
    folders: [{ folder: 'SSD.images', source: '/dev/SSD/images', runId, complete: true }],
    ...given,
  };
}

/** What a target holds now. */
export function stateOfNow(at: Date, given: Partial<BackupState> = {}): BackupState {
  return stateAt(at, { snapshot: undefined, madeBy: undefined, createdAt: undefined, ...given });
}
