import { provenanceProperties, snapshotProperties } from '../../provenance.js';
import { limits } from '../../limits.js';
import type { RunState } from '../run-state.js';

/**
 * Makes the ZFS snapshot of what the target holds, an earlier run's data, and marks the target as being written to. Where
 * that fails nothing may be copied: it would overwrite the only copy of the earlier data.
 */
export async function preserveTarget(
  { clients, facts, journal, options, runId }: RunState,
  onMade: () => void,
): Promise<void> {
  await journal.step('zfs-snapshot', facts.zfsSnapshot, async () => {
    const limit = { timeoutMs: limits.zfsMs };
    const properties = snapshotProperties(facts.provenance);
    await clients.zfs.snapshot({ ...limit, snapshots: [facts.zfsSnapshot], properties });
    onMade();
    const incomplete = provenanceProperties({ runId, complete: false });
    await clients.zfs.set({ ...limit, datasets: [options.target], properties: incomplete });
  });
}

/** Marks the target as holding the whole run. ZFS has everything on its disks that was written before this returns. */
export async function completeTarget({ clients, options, runId }: RunState): Promise<void> {
  const properties = provenanceProperties({ runId, complete: true });
  await clients.zfs.set({ timeoutMs: limits.zfsMs, datasets: [options.target], properties });
}
