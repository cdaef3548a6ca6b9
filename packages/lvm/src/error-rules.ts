import { parseInteger, type ExitErrorRule } from '@quiesce/command';
import {
  ArgumentsRefusedError,
  LockError,
  LogicalVolumeExistsError,
  LogicalVolumeInUseError,
  LogicalVolumeNotFoundError,
  LvmPermissionError,
  VolumeGroupFullError,
  VolumeGroupNotFoundError,
} from './errors.js';

const count = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : parseInteger('extents', text);

/** Which failures of LVM become which errors. The first rule that fits counts. */
export const lvmErrors: readonly ExitErrorRule[] = [
  {
    // Of the lock files, and of the kernel's side; the exit code is then 3 or 5.
    stderr: /open failed: Permission denied/,
    create: (options) => new LvmPermissionError({ ...options, reason: 'permission denied: LVM needs root' }),
  },
  {
    exitCodes: [3],
    create: (options) => new ArgumentsRefusedError(options),
  },
  {
    stderr: /Can't get lock for (?<lock>\S+?)\.?$/m,
    create: (options, { lock = '' }) => new LockError({ ...options, lock }),
  },
  {
    stderr: /Volume group "(?<volumeGroup>[^"]+)" not found/,
    create: (options, { volumeGroup = '' }) => new VolumeGroupNotFoundError({ ...options, volumeGroup }),
  },
  {
    stderr: /Failed to find logical volume "(?<logicalVolume>[^"]+)"/,
    create: (options, { logicalVolume = '' }) => new LogicalVolumeNotFoundError({ ...options, logicalVolume }),
  },
  {
    // Of lvcreate and of lvconvert
    stderr:
      /(?:Snapshot origin LV|Couldn't find origin volume) (?<name>\S+) (?:not found )?in Volume group (?<group>\S+?)\.?$/m,
    create: (options, { group = '', name = '' }) =>
      new LogicalVolumeNotFoundError({ ...options, logicalVolume: `${group}/${name}` }),
  },
  {
    stderr: /Logical Volume "(?<name>[^"]+)" already exists in volume group "(?<group>[^"]+)"/i,
    create: (options, { group = '', name = '' }) =>
      new LogicalVolumeExistsError({ ...options, logicalVolume: `${group}/${name}` }),
  },
  {
    stderr:
      /Volume group "(?<volumeGroup>[^"]+)" has insufficient free space \((?<free>\d+) extents\): (?<required>\d+) required/,
    create: (options, { volumeGroup, free, required }) =>
      new VolumeGroupFullError({ ...options, volumeGroup, freeExtents: count(free), requiredExtents: count(required) }),
  },
  {
    // The group has room, its physical volumes do not, as where they may not be allocated from.
    stderr: /Insufficient (?:free space: (?<required>\d+) extents needed, but only (?<free>\d+) available|suitable )/,
    create: (options, { free, required }) =>
      new VolumeGroupFullError({ ...options, freeExtents: count(free), requiredExtents: count(required) }),
  },
  {
    stderr:
      /Logical volume (?<logicalVolume>\S+) (?:contains a (?<mounted>filesystem) in use|in use|is used by another device)/,
    create: (options, { logicalVolume = '', mounted }) =>
      new LogicalVolumeInUseError({ ...options, logicalVolume, mounted: mounted !== undefined }),
  },
];
