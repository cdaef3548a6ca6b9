import type { Command } from '@quiesce/command';
import { zfsCloneCommand, zfsMountCommand, zfsSnapshotCommand } from '@quiesce/zfs';
import { createTestGuestCommand, openImagesCommand, writeBootFilesCommand } from '../host/boot-folders.js';
import { over } from '../over.js';
import { snapshotProperties, type Provenance } from '../target/provenance.js';
import { bootMount, bootProperty } from './names.js';
import type { BootFacts } from './preflight.js';
import { madeThings } from './remove.js';

/** What a test is about. */
export interface BootPlace {
  readonly runId: string;
  readonly target: string;
}

/** Keeps what a target holds now for a test of it. */
export function snapshotCommand({ runId, target }: BootPlace, provenance: Provenance): Command {
  const { name } = madeThings({ runId, target, connectUri: '' }).snapshot;
  return zfsSnapshotCommand({
    snapshots: name,
    properties: { [bootProperty]: runId, ...snapshotProperties(provenance) },
  });
}

/** Makes the clone that the guest writes to, and mounts it. */
export function cloneCommands(
  { runId, target }: BootPlace,
  { snapshot, quotaBytes }: { snapshot: string; quotaBytes: number },
): readonly Command[] {
  const { name } = madeThings({ runId, target, connectUri: '' }).clone;
  const properties = {
    [bootProperty]: runId,
    mountpoint: bootMount(runId),
    // Should the host go down, nobody mounts it when it is up again.
    canmount: 'noauto',
    ...{ readonly: 'off', quota: String(quotaBytes), sync: 'disabled', atime: 'off' },
    // It holds files of a guest and of the host.
    // Nobody else's either, where the target is exported.
    ...{ sharenfs: 'off', sharesmb: 'off' },
    ...{ devices: 'off', exec: 'off', setuid: 'off', 'com.sun:auto-snapshot': 'false' },
  };
  return [zfsCloneCommand({ snapshot, name, properties }), zfsMountCommand({ filesystem: name })];
}

/** Opens the images to QEMU, and starts the guest. */
export function startCommands({ runId }: BootPlace, facts: BootFacts): readonly Command[] {
  const { connectUri, definition, files } = facts;
  return [
    openImagesCommand({ runId, files }),
    writeBootFilesCommand({ runId, definition }),
    over(connectUri, createTestGuestCommand({ runId })),
  ];
}
