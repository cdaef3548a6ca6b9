import { ExitError } from '@quiesce/command';

/**
 * lvm failed: the class above all errors of this package.
 *
 * Read `stderr`: LVM said something that has no class of its own.
 */
export class LvmError extends ExitError {
  static override readonly errorName: string = 'LvmError';
}

/**
 * A volume group that a command needs does not exist.
 *
 * Take a name of `vgs`. Of a disk that was just plugged in, wait for udev.
 */
export class VolumeGroupNotFoundError extends LvmError {
  static override readonly errorName: string = 'VolumeGroupNotFoundError';
  /** The name that was not found. */
  declare readonly volumeGroup: string;
}

/**
 * LVM knows two volume groups of that name and so used neither, as with the copy of a disk: see
 * vgrename(8).
 *
 * Rename one of the two: `vgrename <uuid> <name>`.
 */
export class VolumeGroupAmbiguousError extends LvmError {
  static override readonly errorName: string = 'VolumeGroupAmbiguousError';
  /** The name that they have. */
  declare readonly volumeGroup: string;
}

/**
 * LVM passed over volume groups that it may not use on this machine, as those of a cluster of the
 * old kind.
 *
 * Name the groups that are meant, so that the others are not looked at.
 */
export class VolumeGroupSkippedError extends LvmError {
  static override readonly errorName: string = 'VolumeGroupSkippedError';
  /** Their names. */
  declare readonly volumeGroups: readonly string[];
}

/**
 * Disks of a volume group are missing: see vgreduce(8) for going on without them.
 *
 * Bring the disks back. What is on them is not there until then.
 */
export class PhysicalVolumesMissingError extends LvmError {
  static override readonly errorName: string = 'PhysicalVolumesMissingError';
  /** The groups, as far as LVM named them. */
  declare readonly volumeGroups: readonly string[];
}

/**
 * A volume group is exported, and can't be used before it is imported: see vgimport(8).
 *
 * Import it: `vgimport <group>`.
 */
export class VolumeGroupExportedError extends LvmError {
  static override readonly errorName: string = 'VolumeGroupExportedError';
  /** The group. */
  declare readonly volumeGroup: string;
}

/**
 * A logical volume that a command needs does not exist.
 *
 * Take a name of `lvs`. To remove something, take it for removed.
 */
export class LogicalVolumeNotFoundError extends LvmError {
  static override readonly errorName: string = 'LogicalVolumeNotFoundError';
  /** The volume that was not found, as `SSD/images`. */
  declare readonly logicalVolume: string;
}

/**
 * A logical volume of that name exists already.
 *
 * Take another name, or remove what has it.
 */
export class LogicalVolumeExistsError extends LvmError {
  static override readonly errorName: string = 'LogicalVolumeExistsError';
  /** The volume that is there, as `SSD/images.1`. */
  declare readonly logicalVolume: string;
}

/**
 * A volume group has too little free space.
 *
 * Ask for less, remove something, or extend the group: `vgextend`.
 */
export class VolumeGroupFullError extends LvmError {
  static override readonly errorName: string = 'VolumeGroupFullError';
  /** The group. Undefined where LVM did not name it. */
  declare readonly volumeGroup: string | undefined;
  /** Extents that were asked for. Undefined where LVM did not tell. */
  declare readonly requiredExtents: number | undefined;
  /** Extents that were free. Undefined where LVM did not tell. */
  declare readonly freeExtents: number | undefined;
}

/**
 * A logical volume is in use. For a moment that can be udev: wait and try again.
 *
 * Unmount it, or see what has it open: `fuser`, `lsblk`. Try again for some seconds.
 */
export class LogicalVolumeInUseError extends LvmError {
  static override readonly errorName: string = 'LogicalVolumeInUseError';
  /** The volume, as `SSD/images.1`. */
  declare readonly logicalVolume: string;
  /**
   * Whether a file system on it is mounted. Otherwise something else has it open, or lies on it.
   */
  declare readonly mounted: boolean;
}

/**
 * Another LVM command holds a lock, and this one was not to wait for it.
 *
 * Try again later, or leave out `waitForLock: false` and be given time.
 */
export class LockError extends LvmError {
  static override readonly errorName: string = 'LockError';
  /** What is locked: a volume group, or `global`. */
  declare readonly lock: string;
}

/**
 * The user may not use LVM: it needs root.
 *
 * Be root, or wrap the transport in `sudo`.
 */
export class LvmPermissionError extends LvmError {
  static override readonly errorName: string = 'LvmPermissionError';
}

/**
 * LVM refused the arguments and changed nothing.
 *
 * Read `stderr`: this release of LVM has no such option, or takes no such value.
 */
export class ArgumentsRefusedError extends LvmError {
  static override readonly errorName: string = 'ArgumentsRefusedError';
}
