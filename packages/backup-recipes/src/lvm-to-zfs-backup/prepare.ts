import { run } from '@quiesce/command';
import { mkdirCommand } from '../host/folders.js';
import { runTagPrefix } from './preflight.js';
import { byGroup, type RunState, type VolumeState } from './run-state.js';

async function makeSpace({ clients, journal, runId, signal }: RunState, volume: VolumeState): Promise<void> {
  const { volumeGroup, snapshotName, snapshotSizeBytes, path } = volume.facts;
  volume.failed = !(await journal.attempt('prepare', path, async () => {
    signal?.throwIfAborted();
    volume.spaceMade = true;
    await clients.lvm.lvcreate({
      type: 'linear',
      volumeGroup,
      name: snapshotName,
      sizeBytes: snapshotSizeBytes,
      tags: [`${runTagPrefix}${runId}`],
    });
  }));
}

/**
 * Does what needs no pause: the space for each snapshot is made and cleared, which is most of the work of making one, and
 * the folders to mount them in. What fails here fails one volume.
 */
export async function prepare(state: RunState): Promise<void> {
  const { journal, transport, volumes } = state;
  const folders = volumes.map(({ facts }) => facts.mountFolder);
  await Promise.all([
    ...byGroup(volumes).map(async (group) => {
      for (const volume of group) await makeSpace(state, volume);
    }),
    journal.attempt('prepare', folders.join(', '), async () => {
      for (const volume of volumes) volume.folderMade = true;
      await run(transport, mkdirCommand({ folders }));
    }),
  ]);
}
