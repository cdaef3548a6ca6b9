import type { LogicalVolumeAttributes } from './logical-volume-attributes.js';

/** One logical volume as {@link Lvm.lvs} returns it. */
export interface LogicalVolume {
  readonly name: string;
  readonly volumeGroup: string;
  /**
   * The group's own number, which tells it from another of its name. Undefined in a report that was
   * not asked for it.
   */
  readonly volumeGroupUuid: string | undefined;
  /** `SSD/images`. */
  readonly fullName: string;
  readonly uuid: string;
  /**
   * The device to use: `/dev/SSD/images`. Undefined for a hidden volume. It exists while the volume
   * is active.
   */
  readonly path: string | undefined;
  /** Device-mapper's name for the device, with doubled hyphens: `/dev/mapper/vg--0-images`. */
  readonly dmPath: string;
  /**
   * The first of the two numbers by which the kernel knows its device. Undefined while it is not
   * active.
   */
  readonly kernelMajor: number | undefined;
  /** The second of them. Undefined while it is not active. */
  readonly kernelMinor: number | undefined;
  /** Size in bytes; for a snapshot the room for what changes. */
  readonly sizeBytes: number;
  readonly attributes: LogicalVolumeAttributes;
  /** From the general to the particular, as `['raid', 'raid5', 'raid5_ls']` or `['linear']`. */
  readonly layout: readonly string[];
  /** What it is for, as `['public', 'snapshot', 'thicksnapshot']`. */
  readonly roles: readonly string[];
  /**
   * Type of its first segment: `linear`, `raid5`, `thin`. A snapshot has the type of its storage.
   */
  readonly segmentType: string;
  /** Size of a snapshot's chunks in bytes. Undefined for what has none. */
  readonly chunkSizeBytes: number | undefined;
  /** Name of the volume that it is a snapshot of, in the same group. */
  readonly origin: string | undefined;
  /**
   * How full a snapshot or a thin volume is, from 0 to 100. Undefined for others and while it is
   * not active.
   */
  readonly dataPercent: number | undefined;
  /**
   * Whether a snapshot is lost, because it was full or its storage failed. Undefined for what is no
   * snapshot, and where LVM can't tell, as for one that is not active.
   */
  readonly snapshotInvalid: boolean | undefined;
  readonly tags: readonly string[];
  /** When it was made. Undefined for one older than LVM's notice of it. */
  readonly createdAt: Date | undefined;
  /** What it lies on: physical volumes, or hidden logical volumes by name. */
  readonly devices: readonly string[];
}
