import { run } from '@quiesce/command';
import type { LvcreateLinearOptions } from '@quiesce/lvm';
import { mkdirCommand } from '../../host/folders.js';
import type { VolumeFacts } from '../preflight/host-facts.js';
import { runTag } from '../../run-id.js';
import { byGroup, type RunState, type VolumeState } from '../run-state.js';

/** The options of LVM that make the space for a snapshot. */
export function spaceOptions(facts: VolumeFacts, runId: string): LvcreateLinearOptions {
  const { volumeGroup, snapshotName, snapshotSizeBytes } = facts;
  const tags = [runTag(runId)];
  return { type: 'linear', volumeGroup, name: snapshotName, sizeBytes: snapshotSizeBytes, tags };
}

async function makeSpace(
  { clients, journal, options: { limits }, runId, signal }: RunState,
  volume: VolumeState,
): Promise<void> {
  const { path } = volume.facts;
  volume.failed = !(await journal.attempt('prepare', path, async () => {
    signal.throwIfAborted();
    volume.spaceMade = true;
    await clients.lvm.lvcreate({ ...spaceOptions(volume.facts, runId), timeoutMs: limits.lvmMs });
  }));
}

/**
 * Does what needs no pause: the space for each snapshot is made and cleared, which is most of the
 * work of making one, and the folders to mount them in. What fails here fails one volume; this
 * never rejects.
 */
export async function prepare(state: RunState): Promise<void> {
  const { journal, options, transport, volumes } = state;
  const folders = volumes.map(({ facts }) => facts.mountFolder);
  await Promise.all([
    ...byGroup(volumes).map(async (group) => {
      for (const volume of group) await makeSpace(state, volume);
    }),
    journal.attempt('prepare', folders.join(', '), async () => {
      for (const volume of volumes) volume.folderMade = true;
      await run(transport, mkdirCommand({ folders }), { timeoutMs: options.limits.smallMs });
    }),
  ]);
}
