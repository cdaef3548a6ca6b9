import type { VolumePath } from '@quiesce/lvm';

/** Everything that a run names after one volume. */
export interface VolumeNames extends VolumePath {
  /** Its path: `/dev/raid5/VM.images`. */
  readonly path: string;
  /** Name of its snapshot: `VM.images.1364083186`. */
  readonly snapshotName: string;
  /** Device of its snapshot: `/dev/raid5/VM.images.1364083186`. */
  readonly snapshotPath: string;
  /** `raid5.VM.images` */
  readonly folderName: string;
  /** Where the snapshot is mounted: `/run/backup/1364083186-4f1c88a0/raid5.VM.images`. */
  readonly mountFolder: string;
}

/** The names after one volume, as the documented procedure gives them. */
export function volumeNames(
  volume: VolumePath,
  { epochSeconds, mountRoot, runId }: { mountRoot: string; epochSeconds: number; runId: string },
): VolumeNames {
  const { volumeGroup, name } = volume;
  const snapshotName = `${name}.${String(epochSeconds)}`;
  const folderName = `${volumeGroup}.${name}`;
  return {
    volumeGroup,
    name,
    path: `/dev/${volumeGroup}/${name}`,
    snapshotName,
    snapshotPath: `/dev/${volumeGroup}/${snapshotName}`,
    folderName,
    // Not after the second alone: runs that follow each other quickly must not meet in one folder.
    mountFolder: `${mountRoot}/${runId}/${folderName}`,
  };
}
