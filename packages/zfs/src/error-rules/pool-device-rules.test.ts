import { createCommand, ExitError, mapExitError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { zfsErrors } from '../error-rules.js';

function errorOf(words: string, stderr: string): ExitError {
  const command = createCommand('zpool', words.split(' '), { effect: 'write' });
  return mapExitError(new ExitError({ command, exitCode: 1, stdout: '', stderr: `${stderr}\n` }), zfsErrors);
}

// What OpenZFS 2.1 and 2.3 said, in the same words.
const override = "invalid vdev specification\nuse '-f' to override the following errors:\n";
const repair = 'invalid vdev specification\nthe following errors must be manually repaired:\n';

describe('zfsErrors on what changes pools', () => {
  it.each([
    ['create -- a b', "cannot create 'a': pool already exists", { name: 'PoolExistsError', pool: 'a' }],
    [
      'import -- a',
      "cannot import 'a': a pool with that name already exists\nuse the form 'zpool import <pool | id> <newpool>' to give it a new name",
      { name: 'PoolExistsError', pool: 'a' },
    ],
    ['import -- a b', "cannot import 'a' as 'b': pool already exists", { name: 'PoolExistsError', pool: 'b' }],
    ['split -- a b', 'Unable to split a: pool already exists', { name: 'PoolExistsError', pool: 'b' }],
    ['split -- a b', 'Unable to split a: checkpoint exists', { name: 'CheckpointExistsError' }],
    [
      'checkpoint -d -- a',
      "cannot discard checkpoint in 'a': checkpoint does not exist",
      { name: 'CheckpointNotFoundError', pool: 'a' },
    ],
    ['import -- a', "cannot import 'a': no such pool available", { name: 'PoolNotFoundError', pool: 'a' }],
    [
      'import -- a',
      "cannot import 'a': one or more devices is currently unavailable\nThe devices below are missing or corrupted, use '-m' to import the pool anyway:\n\t    /f2 [log]\n",
      { name: 'PoolDevicesMissingError', pool: 'a', onlyLogs: true },
    ],
    ['export -- a', "cannot export 'a': pool is busy", { name: 'PoolBusyError', mountpoint: undefined }],
    ['export -- a', "cannot unmount '/a': pool or dataset is busy", { name: 'PoolBusyError', mountpoint: '/a' }],
    [
      'destroy -- a',
      "cannot unmount '/a': pool or dataset is busy\ncould not destroy 'a': could not unmount datasets",
      { name: 'PoolBusyError', mountpoint: '/a' },
    ],
    ['unmount -- a', "cannot unmount '/a': pool or dataset is busy", { name: 'DatasetBusyError', dataset: '/a' }],
    [
      'create -- a /f0',
      `${override}/f0 is part of active pool 'b'`,
      { name: 'DeviceInUseError', device: '/f0', pool: 'b' },
    ],
    [
      'create -f -- a /dev/vda',
      '/dev/vda is in use and contains a ext4 filesystem.',
      { name: 'DeviceInUseError', device: '/dev/vda', pool: undefined },
    ],
    [
      'labelclear -- /f0',
      '/f0 is a member (ACTIVE) of pool "a"',
      { name: 'DeviceInUseError', device: '/f0', pool: 'a' },
    ],
    [
      'labelclear -- /f0',
      'use \'-f\' to override the following error:\n/f0 is a member of exported pool "a"',
      { name: 'DeviceInUseError', device: '/f0', pool: 'a' },
    ],
    ['create -- a /no', "cannot resolve path '/no'", { name: 'DeviceNotFoundError', device: '/no' }],
    [
      'create -- a no',
      "cannot open 'no': no such device in /dev\nmust be a full path or shorthand device name",
      { name: 'DeviceNotFoundError', device: 'no' },
    ],
    [
      'attach -- a /no /f3',
      'cannot attach /f3 to /no: no such device in pool',
      { name: 'DeviceNotFoundError', device: '/no' },
    ],
    [
      'replace -- a /no /f3',
      'cannot replace /no with /f3: no such device in pool',
      { name: 'DeviceNotFoundError', device: '/no' },
    ],
    [
      'remove -np -- a mirror-1',
      'cannot determine indirect size of mirror-1: no such device in pool',
      { name: 'DeviceNotFoundError', device: 'mirror-1' },
    ],
    ['detach -- a /f1', 'cannot detach /f1: no valid replicas', { name: 'NotEnoughReplicasError', device: '/f1' }],
    ['attach -- a /f1 /s', 'cannot attach /s to /f1: device is too small', { name: 'DeviceTooSmallError' }],
    [
      'create -- a /t',
      "cannot create 'a': one or more devices is less than the minimum size (64M)",
      { name: 'DeviceTooSmallError' },
    ],
    [
      'create -- a mirror /f2 /large',
      `${override}mirror contains devices of different sizes`,
      { name: 'InvalidVdevError', forceable: true },
    ],
    ['create -f -- a x', `${repair}something`, { name: 'InvalidVdevError', forceable: false }],
    ['remove -- a mirror-0', 'cannot remove mirror-0: out of space', { name: 'DatasetOutOfSpaceError' }],
    ['offline -- a /f0', 'cannot offline /f0: permission denied', { name: 'PermissionDeniedError' }],
    [
      'create -o foo=bar -- a x',
      "property 'foo' is not a valid pool or vdev property",
      { name: 'InvalidPropertyError', property: 'foo' },
    ],
    [
      'create -o ashift=99 -- a x',
      "invalid 'ashift=99' property: only values between 9 and 16 are allowed.",
      { name: 'InvalidPropertyError', property: 'ashift' },
    ],
    [
      'create -o autotrim=maybe -- a x',
      "cannot create 'a': 'autotrim' must be one of 'on | off'",
      { name: 'InvalidPropertyError', property: 'autotrim' },
    ],
  ])('knows: zpool %s: %s', (words, stderr, expected) => {
    expect(errorOf(words, stderr)).toMatchObject(expected);
  });
});
