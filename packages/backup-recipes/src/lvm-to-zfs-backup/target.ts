import { provenanceProperties, snapshotProperties } from './provenance.js';
import type { RunState } from './run-state.js';

/**
 * Makes the ZFS snapshot of what the target holds, an earlier run's data, and marks the target as being written to. Where
 * that fails nothing may be copied: it would overwrite the only copy of the earlier data.
 */
export async function preserveTarget(
  { clients, facts, journal, options, runId }: RunState,
  onMade: () => void,
): Promise<void> {
  await journal.step('zfs-snapshot', facts.zfsSnapshot, async () => {
    await clients.zfs.snapshot({ snapshots: [facts.zfsSnapshot], properties: snapshotProperties(facts.provenance) });
    onMade();
    await clients.zfs.set({ datasets: [options.target], properties: provenanceProperties({ runId, complete: false }) });
  });
}

/** Marks the target as holding the whole run. ZFS has everything on its disks that was written before this returns. */
export async function completeTarget({ clients, options, runId }: RunState): Promise<void> {
  await clients.zfs.set({ datasets: [options.target], properties: provenanceProperties({ runId, complete: true }) });
}
