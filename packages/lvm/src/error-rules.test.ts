import { createCommand, ExitError, mapExitError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { lvmErrors } from './error-rules.js';
import { readFixture, releases } from './read-fixture.js';
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

const command = createCommand('lvm', ['lvs'], { effect: 'read' });
const group = 'quiesce-lvm';

/** What a failure becomes. */
function mapped(exitCode: number, stderr: string): ExitError {
  return mapExitError(new ExitError({ command, exitCode, stdout: '', stderr }), lvmErrors);
}

/** The recorded failures by name: `### name code`, and standard error as it came. */
function recorded(release: string): Map<string, ExitError> {
  const parts = readFixture('errors', release).split(/^### /m).slice(1);
  return new Map(
    parts.map((part) => {
      const [, name = '', code, stderr = ''] = /^(\S+) (\d+)\n([^]*)$/.exec(part) ?? [];
      return [name, mapped(Number(code), stderr)];
    }),
  );
}

describe.each(releases)('the errors of %s', (release) => {
  const errors = recorded(release);

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
    ['permission-lvs', LvmPermissionError, {}],
    ['permission-lvcreate', LvmPermissionError, {}],
    ['permission-lvremove', LvmPermissionError, {}],
    ['usage', ArgumentsRefusedError, {}],
    ['odd-size', ArgumentsRefusedError, {}],
    ['reserved-name', ArgumentsRefusedError, {}],
    ['no-subcommand', ExitError, { exitCode: 2 }],
    ['create-of-snapshot', ExitError, { exitCode: 5 }],
    ['convert-of-snapshot', ExitError, { exitCode: 5 }],
    ['convert-unasked', ExitError, { exitCode: 5 }],
    ['select-unknown-comparison', ExitError, { exitCode: 5 }],
  ] as const)('has %s as %o', (name, { errorName }, properties) => {
    expect(errors.get(name)).toMatchObject({ name: errorName, ...properties });
  });

  it('has none for a removal that its tags kept from happening', () => {
    expect(errors.get('remove-select-nothing')).toMatchObject({ exitCode: 0 });
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

  it('leaves what it does not know as it is', () => {
    expect(mapped(5, '  Something else.\n').name).toBe('ExitError');
    expect(mapped(5, '').name).toBe('ExitError');
  });
});
