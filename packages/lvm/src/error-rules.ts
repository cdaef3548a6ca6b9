import { ExitError, parseInteger, type ExitErrorOptions, type ExitErrorRule } from '@quiesce/command';
import {
  ArgumentsRefusedError,
  LockError,
  LogicalVolumeExistsError,
  LogicalVolumeInUseError,
  LogicalVolumeNotFoundError,
  LvmPermissionError,
  VolumeGroupAmbiguousError,
  VolumeGroupFullError,
  VolumeGroupNotFoundError,
  VolumeGroupSkippedError,
} from './errors.js';
import { volumeOfDevice } from './names.js';

const count = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : parseInteger('extents', text);

const skipped = /^\s*Skipping (?:clustered )?volume group (?<volumeGroup>\S+?)\.?$/m;
// What is no failure: groups that were passed over, advice, and what sudo says by itself.
const advice = /^\s*(?:$|Skipping (?:clustered )?volume group |WARNING: |Reading VG \S+ without a lock|sudo: )/;

/** The error where groups were passed over and nothing else went wrong. */
function skippedGroups(options: ExitErrorOptions): ExitError {
  const lines = options.stderr.split('\n');
  if (!lines.every((line) => advice.test(line))) return new ExitError(options);
  const names = lines.flatMap((line) => skipped.exec(line)?.groups?.['volumeGroup'] ?? []);
  return new VolumeGroupSkippedError({ ...options, volumeGroups: [...new Set(names)] });
}

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
    stderr: /Multiple VGs found with the same name: (?:skipping )?(?<volumeGroup>\S+?)\.?$/m,
    create: (options, { volumeGroup = '' }) => new VolumeGroupAmbiguousError({ ...options, volumeGroup }),
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
  {
    // Device-mapper's words: something opened the device after LVM had looked, as udev does for a moment.
    stderr: /(?:Unable to deactivate open|Device or resource busy[^]*?Unable to deactivate) (?<device>\S+) \(\d+:\d+\)/,
    create: (options, { device = '' }) =>
      new LogicalVolumeInUseError({ ...options, logicalVolume: volumeOfDevice(device), mounted: false }),
  },
  {
    stderr: /Device (?<device>\S+) \(\d+:\d+\) (?:contains a (?<mounted>filesystem) in use|is used by another device)/,
    create: (options, { device = '', mounted }) =>
      new LogicalVolumeInUseError({
        ...options,
        logicalVolume: volumeOfDevice(device),
        mounted: mounted !== undefined,
      }),
  },
  { exitCodes: [5], stderr: skipped, create: skippedGroups },
];
