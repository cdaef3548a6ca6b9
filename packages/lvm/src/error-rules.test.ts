import { createCommand, ExitError, mapExitError } from '@quiesce/command';
import { recorded, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { lvmErrors } from './error-rules.js';
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

const command = createCommand('lvm', ['lvs'], { effect: 'read' });
const group = 'quiesce-lvm';

/** What a failure becomes. */
function mapped(exitCode: number, stderr: string): ExitError {
  return mapExitError(new ExitError({ command, exitCode, stdout: '', stderr }), lvmErrors);
}

describe.each(releases('lvm'))('the errors of %s', (release) => {
  it.each([
    ['lvs-missing-volume', LogicalVolumeNotFoundError, { logicalVolume: `${group}/nothing` }],
    ['lvs-one-missing', LogicalVolumeNotFoundError, { logicalVolume: `${group}/nothing` }],
    ['create-missing-origin', LogicalVolumeNotFoundError, { logicalVolume: `${group}/nothing` }],
    ['convert-missing-volume', LogicalVolumeNotFoundError, { logicalVolume: `${group}/nothing` }],
    ['convert-missing-origin', LogicalVolumeNotFoundError, { logicalVolume: `${group}/nothing` }],
    ['change-missing', LogicalVolumeNotFoundError, { logicalVolume: `${group}/nothing` }],
    ['remove-missing', LogicalVolumeNotFoundError, { logicalVolume: `${group}/nothing` }],
    ['lvs-missing-group', VolumeGroupNotFoundError, { volumeGroup: 'nogroup' }],
    ['lvs-missing-group-of-volume', VolumeGroupNotFoundError, { volumeGroup: 'nogroup' }],
    ['vgs-missing', VolumeGroupNotFoundError, { volumeGroup: 'nogroup' }],
    ['vgck-missing', VolumeGroupNotFoundError, { volumeGroup: 'nogroup' }],
    ['vgck-missing-disk', PhysicalVolumesMissingError, { volumeGroups: [group] }],
    ['vgck-exported', VolumeGroupExportedError, { volumeGroup: group }],
    ['create-missing-group', VolumeGroupNotFoundError, { volumeGroup: 'nogroup' }],
    ['create-linear-missing-group', VolumeGroupNotFoundError, { volumeGroup: 'nogroup' }],
    ['convert-missing-group', VolumeGroupNotFoundError, { volumeGroup: 'nogroup' }],
    ['remove-missing-group', VolumeGroupNotFoundError, { volumeGroup: 'nogroup' }],
    ['create-exists', LogicalVolumeExistsError, { logicalVolume: `${group}/snap.1` }],
    ['create-linear-exists', LogicalVolumeExistsError, { logicalVolume: `${group}/cow.1` }],
    ['create-full', VolumeGroupFullError, { volumeGroup: group, freeExtents: 0, requiredExtents: 2 }],
    ['create-linear-full', VolumeGroupFullError, { volumeGroup: group, requiredExtents: 8192 }],
    ['create-one-disk-full', VolumeGroupFullError, { requiredExtents: 768 }],
    ['remove-mounted', LogicalVolumeInUseError, { logicalVolume: `${group}/snap.1`, mounted: true }],
    ['remove-origin-of-mounted', LogicalVolumeInUseError, { logicalVolume: `${group}/snap.1`, mounted: true }],
    ['convert-mounted', LogicalVolumeInUseError, { logicalVolume: `${group}/cow.1`, mounted: true }],
    ['deactivate-mounted', LogicalVolumeInUseError, { logicalVolume: `${group}/cow.1`, mounted: true }],
    ['remove-open', LogicalVolumeInUseError, { logicalVolume: `${group}/cow.1`, mounted: false }],
    ['locked-create', LockError, { lock: group }],
    ['locked-lvs', LockError, { lock: group }],
    ['locked-vgck', LockError, { lock: group }],
    ['permission-vgck', LvmPermissionError, {}],
    ['permission-lvs', LvmPermissionError, {}],
    ['permission-lvcreate', LvmPermissionError, {}],
    ['permission-lvremove', LvmPermissionError, {}],
    ['usage', ArgumentsRefusedError, {}],
    ['vgck-two-to-update', ArgumentsRefusedError, {}],
    ['odd-size', ArgumentsRefusedError, {}],
    ['reserved-name', ArgumentsRefusedError, {}],
    ['no-subcommand', LvmError, { exitCode: 2 }],
    ['create-of-snapshot', LvmError, { exitCode: 5 }],
    ['convert-of-snapshot', LvmError, { exitCode: 5 }],
    ['convert-unasked', LvmError, { exitCode: 5 }],
    [
      'select-unknown-comparison',
      ArgumentsRefusedError,
      { exitCode: 5, message: expect.stringMatching(/^Operator can be used only with number/) as string },
    ],
  ] as const)('has %s as %o', (name, { errorName }, properties) => {
    const { exitCode, stderr } = recorded(release, name);
    expect(mapped(exitCode, stderr)).toMatchObject({ name: errorName, ...properties });
  });

  it('has none for a removal that its tags kept from happening', () => {
    expect(recorded(release, 'remove-select-nothing')).toMatchObject({ exitCode: 0, stderr: '' });
  });
});

describe('lvmErrors', () => {
  it.each([
    [
      '  Insufficient free space: 768 extents needed, but only 511 available\n',
      { requiredExtents: 768, freeExtents: 511 },
    ],
    [
      '  Insufficient suitable allocatable extents for logical volume x: 5 more required\n',
      { requiredExtents: undefined },
    ],
  ])('knows %j', (stderr, properties) => {
    const error = mapped(5, stderr);
    expect(VolumeGroupFullError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ volumeGroup: undefined, ...properties });
  });

  it.each([
    [
      'SSD/images.1364083186',
      '  Unable to deactivate open SSD-images.1364083186-cow (252:7)\n' +
        '  Unable to deactivate logical volume "images.1364083186"\n',
    ],
    [
      'SSD/images.1364083186',
      '  device-mapper: remove ioctl on  (252:7) failed: Device or resource busy\n' +
        '  Unable to deactivate SSD-images.1364083186 (252:7)\n' +
        '  Unable to deactivate logical volume "images.1364083186"\n',
    ],
    ['plana/domu-web', '  Unable to deactivate open plana-domu--web-real (253:3).\n  Failed to resume domu-web.\n'],
    ['vg-0/a-b.1', '  Device vg--0-a--b.1 (253:3) is used by another device.\n'],
  ])("knows that %s is in use in device-mapper's words", (logicalVolume, stderr) => {
    expect(mapped(5, stderr)).toMatchObject({ name: LogicalVolumeInUseError.errorName, logicalVolume, mounted: false });
  });

  it("knows a mounted volume in device-mapper's words", () => {
    const error = mapped(5, '  Device SSD-images.1 (253:3) contains a filesystem in use.\n');
    expect(error).toMatchObject({ name: 'LogicalVolumeInUseError', logicalVolume: 'SSD/images.1', mounted: true });
  });

  it('takes a failure of another reason for no use', () => {
    const stderr =
      '  device-mapper: remove ioctl on  (252:7) failed: Invalid argument\n  Unable to deactivate SSD-images.1 (252:7)\n';
    expect(mapped(5, stderr).name).toBe('LvmError');
  });

  it('knows two groups of one name', () => {
    const stderr =
      '  WARNING: VG name SSD is used by VGs TXivUI-3nMe-Otev-o900-Qvjb-M3Fd-VAbHwJ and KlKAM0-ZWNN-9as1-2SVS-OyqV-V9IA-gtN4mR.\n' +
      '  Multiple VGs found with the same name: skipping SSD\n' +
      '  Use --select vg_uuid=<uuid> in place of the VG name.\n';
    expect(mapped(5, stderr)).toMatchObject({ name: VolumeGroupAmbiguousError.errorName, volumeGroup: 'SSD' });
  });

  it('names each group whose disks are missing once', () => {
    const stderr =
      "  WARNING: Couldn't find device with uuid TXivUI-3nMe-Otev-o900-Qvjb-M3Fd-VAbHwJ.\n" +
      '  WARNING: VG SSD is missing PV TXivUI-3nMe-Otev-o900-Qvjb-M3Fd-VAbHwJ (last written to /dev/sda).\n' +
      '  WARNING: VG SSD is missing PV KlKAM0-ZWNN-9as1-2SVS-OyqV-V9IA-gtN4mR (last written to /dev/sdb).\n' +
      '  WARNING: VG raid5 was missing PV 8uaJsv-3nMe-Otev-o900-Qvjb-M3Fd-VAbHwJ.\n' +
      '  The volume group is missing 2 physical volumes.\n';
    expect(mapped(5, stderr)).toMatchObject({
      name: PhysicalVolumesMissingError.errorName,
      volumeGroups: ['SSD', 'raid5'],
    });
  });

  it('knows groups that were passed over, unless something else failed too', () => {
    const stderr =
      'sudo: unable to resolve host hv1: Name or service not known\n' +
      "  WARNING: Couldn't find device with uuid TXivUI-3nMe-Otev-o900-Qvjb-M3Fd-VAbHwJ.\n" +
      '  Skipping clustered volume group old-san\n  Skipping volume group old-san\n' +
      '  Skipping clustered volume group older-san\n';
    const error = mapped(5, stderr);
    expect(error).toMatchObject({ name: VolumeGroupSkippedError.errorName, volumeGroups: ['old-san', 'older-san'] });
    expect(mapped(5, `${stderr}  Something else.\n`).name).toBe('LvmError');
    expect(mapped(5, `${stderr}  Failed to find logical volume "SSD/nothing"\n`).name).toBe(
      'LogicalVolumeNotFoundError',
    );
    expect(mapped(5, '  WARNING: Something.\n').name).toBe('LvmError');
  });

  it('leaves what it does not know as it is', () => {
    expect(mapped(5, '  Something else.\n').name).toBe('LvmError');
    expect(mapped(5, '').name).toBe('LvmError');
  });
});
