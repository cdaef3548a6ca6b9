import type { DomainFacts } from '../../domains.js';
import type { VolumeNames } from '../names.js';
import type { GuestRecord } from '../../target/guests.js';
import type { Provenance } from '../../target/provenance.js';

/** One volume of a run, with what the host says of it. */
export interface VolumeFacts extends VolumeNames {
  /** Device-mapper's name of its snapshot: `raid5-VM.images.1364083186`. */
  readonly snapshotMapperName: string;
  /** Space for its snapshot, in bytes. */
  readonly snapshotSizeBytes: number;
  /** Where it is mounted on the host. Undefined where it is not. */
  readonly mountPoint: string | undefined;
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
  /**
   * Numbers of the volumes that the disks of a guest lie on, by its UUID. All where that is not
   * known.
   */
  readonly disksOn: ReadonlyMap<string, readonly number[]>;
  readonly volumes: readonly VolumeFacts[];
  /** Guests with images on the volumes, those that the run is not about too. */
  readonly guests: readonly GuestRecord[];
  /** Where all of the target is mounted, by what the kernel says. */
  readonly targetFolder: string;
  /**
   * File systems of the host that are copied besides the one that `hostRoot` names, outer ones
   * first.
   */
  readonly hostMounts: readonly string[];
  readonly zfsSnapshot: string;
  /** What the target holds before the run. */
  readonly provenance: Provenance;
  /** What it says of when that was compared with its checksums. */
  readonly verified: string | undefined;
  /** What its properties say of that. */
  readonly properties: Provenance;
  /** What its files say of that, as they were printed. */
  readonly state: string;
  /** What is worth knowing and keeps nothing from being backed up. */
  readonly warnings: readonly PreflightWarning[];
}
