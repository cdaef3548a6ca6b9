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
  /** Where the snapshot is mounted: `/run/backup/1364083186/raid5.VM.images`. */
  readonly mountFolder: string;
}

/** The names after one volume, as the documented procedure gives them. */
export function volumeNames(volume: VolumePath, mountRoot: string, epochSeconds: number): VolumeNames {
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
    mountFolder: `${mountRoot}/${String(epochSeconds)}/${folderName}`,
  };
}

/** The file on the host whose lock keeps two runs on the same target apart. */
export function lockFileOf(target: string): string {
  return `/run/lock/quiesce-${encodeURIComponent(target)}.lock`;
}
