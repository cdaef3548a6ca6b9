import { ExitError, type ExitErrorOptions } from '@quiesce/command';

/** A volume group that a command needs does not exist. */
export class VolumeGroupNotFoundError extends ExitError {
  static override readonly errorName: string = 'VolumeGroupNotFoundError';
  /** The name that was not found. */
  readonly volumeGroup: string;

  constructor(options: ExitErrorOptions & { volumeGroup: string }) {
    super(options);
    this.volumeGroup = options.volumeGroup;
  }
}

/** LVM knows two volume groups of that name and so used neither, as with the copy of a disk: see vgrename(8). */
export class VolumeGroupAmbiguousError extends ExitError {
  static override readonly errorName: string = 'VolumeGroupAmbiguousError';
  /** The name that they have. */
  readonly volumeGroup: string;

  constructor(options: ExitErrorOptions & { volumeGroup: string }) {
    super(options);
    this.volumeGroup = options.volumeGroup;
  }
}

/** LVM passed over volume groups that it may not use on this machine, as those of a cluster of the old kind. */
export class VolumeGroupSkippedError extends ExitError {
  static override readonly errorName: string = 'VolumeGroupSkippedError';
  /** Their names. */
  readonly volumeGroups: readonly string[];

  constructor(options: ExitErrorOptions & { volumeGroups: readonly string[] }) {
    super(options);
    this.volumeGroups = options.volumeGroups;
  }
}

/** A logical volume that a command needs does not exist. */
export class LogicalVolumeNotFoundError extends ExitError {
  static override readonly errorName: string = 'LogicalVolumeNotFoundError';
  /** The volume that was not found, as `SSD/images`. */
  readonly logicalVolume: string;

  constructor(options: ExitErrorOptions & { logicalVolume: string }) {
    super(options);
    this.logicalVolume = options.logicalVolume;
  }
}

/** A logical volume of that name exists already. */
export class LogicalVolumeExistsError extends ExitError {
  static override readonly errorName: string = 'LogicalVolumeExistsError';
  /** The volume that is there, as `SSD/images.1`. */
  readonly logicalVolume: string;

  constructor(options: ExitErrorOptions & { logicalVolume: string }) {
    super(options);
    this.logicalVolume = options.logicalVolume;
  }
}

/** A volume group has too little free space. */
export class VolumeGroupFullError extends ExitError {
  static override readonly errorName: string = 'VolumeGroupFullError';
  /** The group. Undefined where LVM did not name it. */
  readonly volumeGroup: string | undefined;
  /** Extents that were asked for. Undefined where LVM did not tell. */
  readonly requiredExtents: number | undefined;
  /** Extents that were free. Undefined where LVM did not tell. */
  readonly freeExtents: number | undefined;

  constructor(
    options: ExitErrorOptions & {
      volumeGroup?: string | undefined;
      requiredExtents?: number | undefined;
      freeExtents?: number | undefined;
    },
  ) {
    super(options);
    this.volumeGroup = options.volumeGroup;
    this.requiredExtents = options.requiredExtents;
    this.freeExtents = options.freeExtents;
  }
}

/** A logical volume is in use. For a moment that can be udev: wait and try again. */
export class LogicalVolumeInUseError extends ExitError {
  static override readonly errorName: string = 'LogicalVolumeInUseError';
  /** The volume, as `SSD/images.1`. */
  readonly logicalVolume: string;
  /** Whether a file system on it is mounted. Otherwise something else has it open, or lies on it. */
  readonly mounted: boolean;

  constructor(options: ExitErrorOptions & { logicalVolume: string; mounted: boolean }) {
    super(options);
    this.logicalVolume = options.logicalVolume;
    this.mounted = options.mounted;
  }
}

/** Another LVM command holds a lock, and this one was not to wait for it. */
export class LockError extends ExitError {
  static override readonly errorName: string = 'LockError';
  /** What is locked: a volume group, or `global`. */
  readonly lock: string;

  constructor(options: ExitErrorOptions & { lock: string }) {
    super(options);
    this.lock = options.lock;
  }
}

/** The user may not use LVM: it needs root. */
export class LvmPermissionError extends ExitError {
  static override readonly errorName: string = 'LvmPermissionError';
}

/** LVM refused the arguments and changed nothing. */
export class ArgumentsRefusedError extends ExitError {
  static override readonly errorName: string = 'ArgumentsRefusedError';
}
