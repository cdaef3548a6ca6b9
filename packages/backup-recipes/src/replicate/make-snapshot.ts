import { CommandError } from '@quiesce/command';
import { HostBusyError } from '../host-busy-error.js';
import { takeHostLock } from '../host-lock.js';
import { PreflightError } from '../preflight-error.js';
import { snapshotProperties } from '../target/provenance.js';
import { readStates, type BackupState } from '../target/states.js';
import { verifiedProperty, verifiedText } from '../target/verified.js';
import { replicaSnapshot } from './names.js';
import { isOfBootTest } from './plan-transfers.js';
import { changing, reading, type ReplicateState } from './state.js';

/** Whether one state holds what another does. */
function holdsSame(one: BackupState, other: BackupState): boolean {
  const told = ({ complete, folders, runId }: BackupState): string => {
    const lines = folders.map((folder) => [folder.folder, folder.runId, String(folder.complete)].join(' ')).sort();
    return [runId, String(complete), ...lines].join('\n');
  };
  return told(one) === told(other);
}

/**
 * Whether what a target holds now lies in none of its snapshots.
 *
 * @throws {@link PreflightError} where there is nothing to replicate.
 */
export function needsSnapshot(target: string, [now, ...all]: readonly BackupState[]): boolean {
  const snapshots = all.filter(({ snapshot: name = '' }) => !isOfBootTest({ name }));
  if (now?.runId !== undefined) return !snapshots.some((snapshot) => holdsSame(snapshot, now));
  if (snapshots.length > 0) return false;
  const problem = 'no run of ours wrote to it and it has no snapshots, so there is nothing to replicate: back up first';
  throw new PreflightError([{ option: 'target', value: target, problem }]);
}

/** The properties for a snapshot of what a target holds now. */
export function propertiesOfNow({ complete, runId, verified }: BackupState): Record<string, string> {
  return {
    ...snapshotProperties({ runId, complete }),
    ...(runId !== undefined && verified !== undefined && { [verifiedProperty]: verifiedText(runId, verified) }),
  };
}

/** Makes a snapshot of what a target holds now, while no run writes to it. */
export async function makeSnapshot(state: ReplicateState, clockOffsetMs: number): Promise<void> {
  const { done, journal, options, runId, source } = state;
  const { target, transport } = options;
  const states = async (): Promise<BackupState[]> => readStates({ transport, zfs: source }, target, reading(state));
  const before = await states();
  if (!needsSnapshot(target, before)) return;
  try {
    await using held = await takeHostLock(transport, runId);
    // A run may have ended meanwhile.
    const found = await states();
    const [now] = found;
    if (now === undefined || !needsSnapshot(target, found)) return;
    const name = replicaSnapshot(
      target,
      Math.floor((Date.now() + (held.isDry ? clockOffsetMs : held.clockOffsetMs)) / 1000),
    );
    await journal.step('snapshot', name, async () => {
      await source.snapshot({ ...changing(state), snapshots: name, properties: propertiesOfNow(now) });
    });
    done.made = name;
  } catch (error) {
    // It is writing to the target, so that what that holds is torn. The snapshots are not.
    if (!HostBusyError.isInstance(error) || before.length < 2) throw error;
    const { message } = new CommandError(`${error.message}; what the target holds comes over the next time`);
    journal.problem('snapshot', target, new CommandError(message, { cause: error }), false);
  }
}
