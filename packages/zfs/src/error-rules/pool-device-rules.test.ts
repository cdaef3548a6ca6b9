import { createCommand, ExitError, mapExitError } from '@quiesce/command';
import { recorded, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { zfsErrors } from '../error-rules.js';

function errorOf(release: string, name: string): ExitError {
  const { args, exitCode, stdout, stderr } = recorded(release, name);
  const command = createCommand('zpool', args, { effect: 'write' });
  return mapExitError(new ExitError({ command, exitCode, stdout, stderr }), zfsErrors);
}

const changes = '/var/tmp/quiesce-changes';
const devices = '/var/tmp/quiesce-devices';

describe.each(releases('zfs'))('zfsErrors on what changes pools, on %s', (release) => {
  it.each([
    ['pool exists create', { pool: 'quiesce-changes' }],
    ['pool exists split', { pool: 'quiesce-changes-raidz' }],
    ['pool exists import', { pool: 'quiesce-import-new' }],
    ['pool exists import new name', { pool: 'quiesce-import-raidz' }],
    ['no pool import', { pool: 'nopool' }],
    ['no checkpoint discard', { pool: 'quiesce-changes' }],
    ['devices missing import', { pool: 'quiesce-import-raidz', onlyLogs: false }],
    ['devices missing import log', { pool: 'quiesce-import', onlyLogs: true }],
    ['pool busy export', { mountpoint: '/quiesce-import' }],
    ['pool busy destroy', { mountpoint: '/quiesce-changes' }],
    ['property create', { property: 'foo' }],
    ['property create ashift', { property: 'ashift' }],
    ['property create autotrim', { property: 'autotrim' }],
    ['property create readonly', { property: 'readonly' }],
    ['property create feature', { property: 'feature@foo' }],
    ['property create of file system', { property: 'compression' }],
  ])('tells of: %s', (name, fields) => {
    expect(errorOf(release, name)).toMatchObject(fields);
  });

  it.each([
    ['in use create', { device: `${changes}/f0`, pool: 'quiesce-changes' }],
    ['in use create force', { device: `${changes}/f0`, pool: 'quiesce-changes' }],
    ['in use create mounted', { device: expect.stringMatching(/^\/dev\/loop\d+$/) as string, pool: undefined }],
    ['in use create mounted force', { device: expect.stringMatching(/^\/dev\/loop\d+$/) as string, pool: undefined }],
    ['in use create disk force', { device: '/dev/disk/by-id/virtio-spare2', pool: undefined }],
    ['in use labelclear', { device: `${changes}/f0`, pool: 'quiesce-changes' }],
    ['in use labelclear exported', { device: `${changes}/f1`, pool: 'quiesce-changes-new' }],
    ['in use attach', { device: `${devices}/f1`, pool: 'quiesce-devices' }],
    ['no device create', { device: `${changes}/fno` }],
    ['no device create by name', { device: 'nodisk' }],
    ['no device labelclear', { device: `${changes}/fno` }],
    ['no device attach', { device: `${devices}/fno` }],
    ['no device replace', { device: `${devices}/fno` }],
    ['no device online', { device: `${devices}/fno` }],
    ['no device clear', { device: `${devices}/fno` }],
    ['no device remove memory', { device: 'mirror-9' }],
    ['no replicas offline', { device: `${devices}/f0` }],
    ['no replicas detach', { device: `${devices}/f0` }],
    ['vdev create sizes', { forceable: true }],
    ['vdev create kinds', { forceable: true }],
    ['vdev create twice', { forceable: false }],
    ['vdev split raidz', { forceable: false }],
    ['vdev add kinds', { forceable: true }],
  ])('tells of a device: %s', (name, fields) => {
    expect(errorOf(release, name)).toMatchObject(fields);
  });

  it('says what is below a line that says nothing', () => {
    const told = (name: string): string => errorOf(release, name).message.replace(/ \(exit code .*/, '');
    expect(told('vdev create sizes')).toBe('mirror contains devices of different sizes');
    expect(told('in use create')).toBe(`${changes}/f0 is part of active pool 'quiesce-changes'`);
    expect(told('in use labelclear exported')).toBe(`${changes}/f1 is a member of exported pool "quiesce-changes-new"`);
  });
});

describe('zfsErrors on a file system that is busy', () => {
  it('knows it from a pool by what was to be done', () => {
    const command = createCommand('zfs', ['unmount', '--', 'a']);
    const stderr = "cannot unmount '/a': pool or dataset is busy\n";
    expect(mapExitError(new ExitError({ command, exitCode: 1, stdout: '', stderr }), zfsErrors)).toMatchObject({
      name: 'DatasetBusyError',
      dataset: '/a',
    });
  });
});
