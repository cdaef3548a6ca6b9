import { createCommand, ExitError, mapExitError } from '@quiesce/command';
import { allRecorded, recorded, type Recorded, releaseOn, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { zfsErrors } from './error-rules.js';
import {
  AlreadyMountedError,
  CheckpointExistsError,
  CheckpointNotFoundError,
  AlreadySharedError,
  DatasetBusyError,
  DestinationModifiedError,
  DeviceInUseError,
  DeviceNotFoundError,
  DeviceTooSmallError,
  EncryptionMismatchError,
  IncrementalSourceMissingError,
  ReceiveStateNotFoundError,
  ReceiveUnfinishedError,
  ResumeTokenInvalidError,
  StreamIncompleteError,
  StreamInvalidError,
  DatasetExistsError,
  DatasetHasDependentsError,
  DatasetNotFoundError,
  HoldExistsError,
  HoldNotFoundError,
  InvalidNameError,
  InvalidPermissionError,
  InvalidPropertyError,
  InvalidVdevError,
  KeyLoadedError,
  KeyNotLoadedError,
  KeyUnreadableError,
  LegacyShareError,
  MountpointNotEmptyError,
  NotEncryptedError,
  NotEncryptionRootError,
  WrongKeyError,
  DatasetOutOfSpaceError,
  NewerSnapshotsError,
  NoScrubError,
  NotEnoughReplicasError,
  NotACloneError,
  NotEarlierSnapshotError,
  NotMountedError,
  NotSharedError,
  PermissionDeniedError,
  PoolBusyError,
  PoolDevicesMissingError,
  PoolExistsError,
  PoolNotFoundError,
  PoolSuspendedError,
  QuotaExceededError,
  ReadOnlyError,
  ResilverInProgressError,
  ScrubInProgressError,
  ShareFailedError,
  SnapshotHeldError,
  ZfsError,
} from './errors/index.js';

function errorOf({ args, exitCode, stdout, stderr }: Recorded): ExitError {
  const command = createCommand('zfs', args, { effect: 'write' });
  return mapExitError(new ExitError({ command, exitCode, stdout, stderr }), zfsErrors);
}

// What a recording's name begins with, and the error that it is.
const kinds: readonly (readonly [string, { readonly errorName: string }])[] = [
  ['not found', DatasetNotFoundError],
  ['no source', IncrementalSourceMissingError],
  ['bad token', ResumeTokenInvalidError],
  ['torn', StreamIncompleteError],
  ['no stream', StreamInvalidError],
  ['encryption', EncryptionMismatchError],
  ['unfinished', ReceiveUnfinishedError],
  ['no state', ReceiveStateNotFoundError],
  ['modified', DestinationModifiedError],
  ['key loaded', KeyLoadedError],
  ['key not loaded', KeyNotLoadedError],
  ['wrong key', WrongKeyError],
  ['no key', KeyUnreadableError],
  ['not encrypted', NotEncryptedError],
  ['not root', NotEncryptionRootError],
  ['no permission', InvalidPermissionError],
  ['not a clone', NotACloneError],
  ['not mounted', NotMountedError],
  ['not empty', MountpointNotEmptyError],
  ['share failed', ShareFailedError],
  ['mounted', AlreadyMountedError],
  ['unshared', NotSharedError],
  ['shared', AlreadySharedError],
  ['legacy', LegacyShareError],
  ['newer', NewerSnapshotsError],
  ['no pool', PoolNotFoundError],
  ['pool exists', PoolExistsError],
  ['pool busy', PoolBusyError],
  ['devices missing', PoolDevicesMissingError],
  ['checkpoint exists', CheckpointExistsError],
  ['no checkpoint', CheckpointNotFoundError],
  ['in use', DeviceInUseError],
  ['no device', DeviceNotFoundError],
  ['no replicas', NotEnoughReplicasError],
  ['too small', DeviceTooSmallError],
  ['vdev', InvalidVdevError],
  ['no scrub', NoScrubError],
  ['scrubbing', ScrubInProgressError],
  ['paused', ScrubInProgressError],
  ['resilvering', ResilverInProgressError],
  ['exists', DatasetExistsError],
  ['held', HoldExistsError],
  ['no hold', HoldNotFoundError],
  ['busy held', SnapshotHeldError],
  ['busy', DatasetBusyError],
  ['not earlier', NotEarlierSnapshotError],
  ['children', DatasetHasDependentsError],
  ['clones', DatasetHasDependentsError],
  ['name', InvalidNameError],
  ['property', InvalidPropertyError],
  ['space receive', QuotaExceededError],
  ['space', DatasetOutOfSpaceError],
  ['readonly', ReadOnlyError],
  ['suspended', PoolSuspendedError],
  ['permission', PermissionDeniedError],
  ['other', ZfsError],
];

describe.each(releases('zfs'))('zfsErrors on %s', (release) => {
  const known = ({ exitCode, stderr }: Recorded): boolean => exitCode !== 0 && !stderr.startsWith('invalid option');
  const failed = Object.entries(allRecorded(release)).filter(([, recording]) => known(recording));

  it.each(failed)('knows: %s', (name, recording) => {
    const error = errorOf(recording);
    const expected = kinds.find(([beginning]) => name.startsWith(beginning))?.[1];
    expect(error.name).toBe(expected?.errorName);
    expect(error.message).not.toMatch(/usage:/);
  });
});

describe.each(releases('zfs'))('what the errors of %s tell', (release) => {
  const error = (name: string): unknown => errorOf(recorded(release, name));

  it('names the dataset that was not found', () => {
    expect(error('not found destroy snapshot')).toMatchObject({ dataset: 'quiesce-zfs/a@9' });
    expect(error('not found destroy range')).toMatchObject({ dataset: 'quiesce-zfs/a@8,9' });
    expect(error('not found create')).toMatchObject({ dataset: 'quiesce-zfs/no' });
    expect(error('not found snapshot')).toMatchObject({ dataset: 'quiesce-zfs/no' });
  });

  it('says whole sentences of what does not fit', () => {
    expect(String(error('modified receive'))).toContain('has been modified since most recent snapshot (exit');
    expect(String(error('no source receive'))).toContain('does not match incremental source (exit');
    expect(String(error('exists receive snapshots'))).toContain('must destroy them to overwrite it (exit');
    expect(String(error('exists receive'))).toContain('exists must specify -F to overwrite it');
    expect(String(error('no source send bookmark'))).toContain('there is no such bookmark to begin at');
  });

  it('names the pool', () => {
    expect(error('no pool create')).toMatchObject({ pool: 'nopool' });
    expect(error('no pool list')).toMatchObject({ pool: 'nopool' });
    expect(error('no pool guids')).toMatchObject({ pool: 'nopool' });
    expect(error('no pool zpool get')).toMatchObject({ pool: 'nopool' });
    expect(error('no pool zpool set')).toMatchObject({ pool: 'nopool' });
    expect(error('no pool iostat')).toMatchObject({ pool: 'nopool' });
    expect(error('no pool history')).toMatchObject({ pool: 'nopool' });
  });

  it('names the dataset whose key it is, and the one that has it', () => {
    const dataset = 'quiesce-zfs/secret';
    for (const name of ['key loaded load', 'key not loaded unload', 'key not loaded create', 'wrong key load'])
      expect(error(name)).toMatchObject({ dataset });
    for (const name of ['key not loaded change', 'no key load', 'not encrypted inherit', 'busy unload-key'])
      expect(error(name)).toMatchObject({ dataset });
    const child = 'quiesce-zfs/hex/child';
    expect(error('not root load')).toMatchObject({ dataset: child, encryptionRoot: 'quiesce-zfs/hex' });
    expect(error('not root inherit')).toMatchObject({ dataset: child, encryptionRoot: undefined });
  });

  it('names what is not shared', () => {
    const dataset = 'quiesce-zfs/fs';
    for (const name of ['shared share', 'legacy unshare', 'unshared unshare mountpoint'])
      expect(error(name)).toMatchObject({ dataset });
  });

  it('names what can not be received into, and which key is missing', () => {
    expect(error('exists receive snapshots')).toMatchObject({ dataset: 'quiesce-zfs/copy' });
    expect(error('exists receive clone')).toMatchObject({ dataset: 'quiesce-zfs/clone' });
    for (const name of ['key not loaded send', 'key not loaded send increment'])
      expect(error(name)).toMatchObject({ dataset: 'quiesce-zfs/secret' });
  });

  it('names the directory that has files in it', () => {
    expect(error('not empty create')).toMatchObject({ mountpoint: '/quiesce-changes-new' });
    expect(error('not empty create mountpoint')).toMatchObject({ mountpoint: '/var/tmp/quiesce-changes' });
    expect(error('not empty mount')).toMatchObject({ mountpoint: '/quiesce-zfs/smb' });
  });

  it('names what the host does not share', () => {
    expect(error('share failed')).toMatchObject({ dataset: 'quiesce-zfs/smb', protocol: 'smb' });
  });

  it('names what is busy', () => {
    const held = error('busy held');
    expect(held).toMatchObject({ dataset: 'quiesce-zfs/a@2', snapshot: 'quiesce-zfs/a@2' });
    expect(DatasetBusyError.isInstance(held)).toBe(true);
    expect(error('busy open')).toMatchObject({ dataset: expect.stringContaining('quiesce-zfs/a/b') as string });
  });

  it('names the snapshot that is held, or is not', () => {
    expect(error('busy held destroy range')).toMatchObject({ snapshot: 'quiesce-zfs/fs@2' });
    expect(error('busy held range')).toMatchObject({
      // zfs gives no order.
      snapshot: expect.stringMatching(/^quiesce-zfs\/range@[23]$/) as string,
    });
    expect(error('held hold')).toMatchObject({ snapshot: 'quiesce-zfs/a@1' });
    expect(error('no hold release')).toMatchObject({ snapshot: 'quiesce-zfs/a@1' });
    expect(error('not found hold')).toMatchObject({ dataset: 'quiesce-zfs/a@no' });
  });

  it('names all that depends on it', () => {
    const children = error('children destroy');
    expect(children).toMatchObject({ dataset: 'quiesce-zfs/a', kind: 'children' });
    const names = ['a/b', 'a/b@1', 'a/b@2', 'a/b@3', 'a@1', 'a@2', 'a@3'].map((name) => `quiesce-zfs/${name}`);
    // zfs gives no order.
    expect(DatasetHasDependentsError.isInstance(children) && [...children.dependents].sort()).toEqual(names);
    expect(error('clones destroy range')).toMatchObject({
      dataset: 'quiesce-zfs/range@3',
      dependents: ['quiesce-zfs/range/clone'],
    });
    expect(error('clones destroy')).toMatchObject({
      dataset: 'quiesce-zfs/a@1',
      kind: 'clones',
      dependents: ['quiesce-zfs/clone2', 'quiesce-zfs/clone@x', 'quiesce-zfs/clone'],
    });
  });

  it('names what was to be compared', () => {
    expect(error('not earlier diff')).toMatchObject({ snapshot: 'quiesce-zfs/fs@2', other: 'quiesce-zfs/fs@1' });
    expect(error('not found diff')).toMatchObject({ dataset: 'quiesce-zfs/fs@no' });
    expect(error('not found diff to')).toMatchObject({ dataset: 'quiesce-zfs/fs@1 or quiesce-zfs/fs@no' });
    expect(error('not mounted diff')).toMatchObject({ dataset: 'quiesce-zfs/odd' });
  });

  it('names the name', () => {
    expect(error('name create')).toMatchObject({ dataset: 'quiesce-zfs/fs/..' });
    expect(error('name rollback')).toMatchObject({ dataset: 'quiesce-zfs/fs' });
  });

  it('names the property', () => {
    expect(error('property get')).toMatchObject({ property: 'foo' });
    expect(error('property set compression')).toMatchObject({ property: 'compression' });
    expect(error('property set quota')).toMatchObject({ property: undefined });
  });
});

describe('zfsErrors', () => {
  it('leaves an option that an older release does not know as it is', () => {
    const error = errorOf(recorded(releaseOn('zfs', 'bookworm'), 'zpool status online'));
    expect(error).toMatchObject({ name: 'ZfsError', exitCode: 2 });
  });

  it('leaves an error that it does not know as it is, with the words of zfs', () => {
    const stderr = "cannot destroy 'tank': something new\n";
    const error = errorOf({ args: ['destroy', 'tank'], exitCode: 1, stdout: '', stderr });
    expect(error.name).toBe('ZfsError');
    expect(error.message).toBe("cannot destroy 'tank': something new (exit code 1: zfs destroy tank)");
  });

  it.each([
    ['', 'DatasetNotMountedError', 'filesystem successfully created, but it may only be mounted by root'],
    ['', 'DatasetNotMountedError', 'filesystem successfully created, but not mounted'],
    [
      "cannot mount 'tank/a': permission denied\n",
      'DatasetNotMountedError',
      'filesystem successfully created, but not mounted',
    ],
    [
      "cannot share 'tank/a: system error': SMB share creation failed\n",
      'DatasetNotSharedError',
      'filesystem successfully created, but not shared',
    ],
  ])('knows a file system that was made: %j %s, %s', (before, name, reason) => {
    const error = errorOf({
      args: ['create', '--', 'tank/a'],
      exitCode: 1,
      stdout: '',
      stderr: `${before}${reason}\n`,
    });
    expect(error).toMatchObject({ name, dataset: 'tank/a' });
    expect(error.message).toBe(`${reason} (exit code 1: zfs create -- tank/a)`);
  });

  it.each([
    ['could not find any snapshots to destroy; check snapshot names.', 'DatasetNotFoundError'],
    ["bad property list: invalid property 'foo'\nusage:\n\tget …", 'InvalidPropertyError'],
    ['cannot destroy snapshot tank/a@9: dataset is busy', 'SnapshotHeldError'],
  ])('takes the words of zfs, not those of sudo before them: %s', (said, name) => {
    const stderr = `sudo: unable to resolve host hv1: Name or service not known\n${said}\n`;
    const error = errorOf({ args: ['destroy', '--', 'tank/a@9'], exitCode: 1, stdout: '', stderr });
    expect(error.name).toBe(name);
    expect(error.message).toBe(`${said.split('\n')[0] ?? ''} (exit code 1: zfs destroy -- tank/a@9)`);
  });

  it('is not misled by a name', () => {
    const stderr = "cannot open 'tank/no such pool': dataset does not exist\n";
    expect(errorOf({ args: ['list'], exitCode: 1, stdout: '', stderr })).toMatchObject({
      name: 'DatasetNotFoundError',
      dataset: 'tank/no such pool',
    });
  });
});
