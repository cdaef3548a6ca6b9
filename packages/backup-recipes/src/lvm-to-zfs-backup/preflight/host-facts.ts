import type { DomainFacts } from '../../domains.js';
import type { VolumeNames } from '../names.js';
import type { Provenance } from '../../provenance.js';

/** One volume of a run, with what the host says of it. */
export interface VolumeFacts extends VolumeNames {
  /** Device-mapper's name of its snapshot: `raid5-VM.images.1364083186`. */
  readonly snapshotMapperName: string;
  /** Space for its snapshot, in bytes. */
  readonly snapshotSizeBytes: number;
  /** Type of the file system on it, as blkid names it: `ext4`, `xfs`. */
  readonly fileSystem: string;
  /** Whether the file system of its snapshot is checked before it is mounted. */
  readonly isChecked: boolean;
}

/** What is worth knowing before a run, and does not stop it. */
export interface PreflightWarning {
  /** The domain, volume, dataset or pool that it is about. */
  readonly subject: string;
  readonly message: string;
}

/** What a run needs to know of the host before it begins. */
export interface HostFacts {
  readonly epochSeconds: number;
  /** How virsh reaches libvirt. Undefined where there are no guests. */
  readonly connectUri: string | undefined;
  readonly domains: readonly DomainFacts[];
  /** Numbers of the volumes that the disks of a guest lie on, by its UUID. All where that is not known. */
  readonly disksOn: ReadonlyMap<string, readonly number[]>;
  readonly volumes: readonly VolumeFacts[];
  readonly targetFolder: string;
  readonly zfsSnapshot: string;
  /** What the target holds before the run. */
  readonly provenance: Provenance;
  readonly warnings: readonly PreflightWarning[];
}
