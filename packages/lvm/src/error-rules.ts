import { parseInteger, rule, ruleWith, type ExitErrorOptions, type ExitErrorRule } from '@quiesce/command';
import {
  ArgumentsRefusedError,
  LockError,
  LogicalVolumeExistsError,
  LogicalVolumeInUseError,
  LogicalVolumeNotFoundError,
  LvmError,
  LvmPermissionError,
  PhysicalVolumesMissingError,
  VolumeGroupAmbiguousError,
  VolumeGroupExportedError,
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

/** Where groups were passed over and nothing else went wrong. */
const skippedGroups: ExitErrorRule = {
  exitCodes: [5],
  stderr: skipped,
  create: (options: ExitErrorOptions) => {
    const lines = options.stderr.split('\n');
    if (!lines.every((line) => advice.test(line))) return LvmError.create(options);
    const names = lines.flatMap((line) => skipped.exec(line)?.groups?.['volumeGroup'] ?? []);
    return VolumeGroupSkippedError.create(options, { volumeGroups: [...new Set(names)] });
  },
};

/** Where disks are missing: the failure does not name the group, the warnings before it do. */
const missingDisks: ExitErrorRule = {
  stderr: /^\s*The volume group is missing \d+ physical volumes/m,
  create: (options: ExitErrorOptions) => {
    const found = options.stderr.matchAll(/VG (?<volumeGroup>\S+) (?:is|was) missing PV /g);
    const names = [...found].flatMap(({ groups }) => groups?.['volumeGroup'] ?? []);
    return PhysicalVolumesMissingError.create(options, { volumeGroups: [...new Set(names)] });
  },
};

/** Which failures of LVM become which errors. The first rule that fits counts. */
export const lvmErrors: readonly ExitErrorRule[] = [
  // Of the lock files, and of the kernel's side; the exit code is then 3 or 5.
  ruleWith(LvmPermissionError, { stderr: /open failed: Permission denied/ }, () => ({
    reason: 'permission denied: LVM needs root',
  })),
  ruleWith(ArgumentsRefusedError, { exitCodes: [3] }, () => ({})),
  // Behind hundreds of lines on what a selection may be.
  ruleWith(ArgumentsRefusedError, { stderr: /^(?<reason>[^\n]+)\nSelection syntax error at '/m }, ({ reason }) => ({
    reason,
  })),
  rule(LockError, /Can't get lock for (?<lock>\S+?)\.?$/m, ['lock']),
  rule(VolumeGroupAmbiguousError, /Multiple VGs found with the same name: (?:skipping )?(?<volumeGroup>\S+?)\.?$/m, [
    'volumeGroup',
  ]),
  rule(VolumeGroupNotFoundError, /Volume group "(?<volumeGroup>[^"]+)" not found/, ['volumeGroup']),
  missingDisks,
  rule(VolumeGroupExportedError, /Volume group "?(?<volumeGroup>[^"\s]+)"? is exported/, ['volumeGroup']),
  rule(LogicalVolumeNotFoundError, /Failed to find logical volume "(?<logicalVolume>[^"]+)"/, ['logicalVolume']),
  ruleWith(
    LogicalVolumeNotFoundError,
    // Of lvcreate and of lvconvert
    {
      stderr:
        /(?:Snapshot origin LV|Couldn't find origin volume) (?<name>\S+) (?:not found )?in Volume group (?<group>\S+?)\.?$/m,
    },
    ({ group = '', name = '' }) => ({ logicalVolume: `${group}/${name}` }),
  ),
  ruleWith(
    LogicalVolumeExistsError,
    { stderr: /Logical Volume "(?<name>[^"]+)" already exists in volume group "(?<group>[^"]+)"/i },
    ({ group = '', name = '' }) => ({ logicalVolume: `${group}/${name}` }),
  ),
  ruleWith(
    VolumeGroupFullError,
    {
      stderr:
        /Volume group "(?<volumeGroup>[^"]+)" has insufficient free space \((?<free>\d+) extents\): (?<required>\d+) required/,
    },
    ({ free, required, volumeGroup }) => ({
      volumeGroup,
      freeExtents: count(free),
      requiredExtents: count(required),
    }),
  ),
  ruleWith(
    VolumeGroupFullError,
    // The group has room, its physical volumes do not, as where they may not be allocated from.
    {
      stderr: /Insufficient (?:free space: (?<required>\d+) extents needed, but only (?<free>\d+) available|suitable )/,
    },
    ({ free, required }) => ({ volumeGroup: undefined, freeExtents: count(free), requiredExtents: count(required) }),
  ),
  ruleWith(
    LogicalVolumeInUseError,
    {
      stderr:
        /Logical volume (?<logicalVolume>\S+) (?:contains a (?<mounted>filesystem) in use|in use|is used by another device)/,
    },
    ({ logicalVolume = '', mounted }) => ({ logicalVolume, mounted: mounted !== undefined }),
  ),
  ruleWith(
    LogicalVolumeInUseError,
    // Device-mapper's words: something opened the device after LVM had looked, as udev does for a
    // moment.
    {
      stderr:
        /(?:Unable to deactivate open|Device or resource busy[^]*?Unable to deactivate) (?<device>\S+) \(\d+:\d+\)/,
    },
    ({ device = '' }) => ({ logicalVolume: volumeOfDevice(device), mounted: false }),
  ),
  ruleWith(
    LogicalVolumeInUseError,
    {
      stderr:
        /Device (?<device>\S+) \(\d+:\d+\) (?:contains a (?<mounted>filesystem) in use|is used by another device)/,
    },
    ({ device = '', mounted }) => ({ logicalVolume: volumeOfDevice(device), mounted: mounted !== undefined }),
  ),
  skippedGroups,
  ruleWith(LvmError, {}, () => ({})),
];
