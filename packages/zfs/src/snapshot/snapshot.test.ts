import { InvalidArgumentError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { zfsSnapshotCommand } from './snapshot.js';

describe('zfsSnapshotCommand', () => {
  it('builds the defaults', () => {
    expect(zfsSnapshotCommand({ snapshots: ['tank/vm@monday'] })).toEqual({
      file: 'zfs',
      args: ['snapshot', '--', 'tank/vm@monday'],
      effect: 'write',
      stop: 'wait',
    });
  });

  it('builds all options', () => {
    const { args } = zfsSnapshotCommand({
      snapshots: ['tank/a@1', 'tank/b@1'],
      recursive: true,
      properties: { 'quiesce:run': 'it is $HOME' },
    });
    expect(args).toEqual(['snapshot', '-r', '-o', 'quiesce:run=it is $HOME', '--', 'tank/a@1', 'tank/b@1']);
  });

  it.each([
    '',
    '-r',
    'tank',
    'tank@',
    'tank/@a',
    '/tank@a',
    'tank@a@b',
    'tank@a\nb',
    'tank@a;b',
    'tank@.',
    'tank@..',
    `tank@${'a'.repeat(255)}`,
  ])('refuses %j', (name) => {
    expect(() => zfsSnapshotCommand({ snapshots: [name] })).toThrow(InvalidArgumentError);
  });

  it('refuses what zfs does not do at one instant, and nothing', () => {
    expect(() => zfsSnapshotCommand({ snapshots: ['tank/a@1', 'tank/a@2'] })).toThrow(
      /^snapshots\[1\]: .*each dataset/,
    );
    expect(() => zfsSnapshotCommand({ snapshots: ['tank@1', 'tank2@1'] })).toThrow(/^snapshots\[1\]: .*same pool/);
    expect(() => zfsSnapshotCommand({ snapshots: [] })).toThrow(InvalidArgumentError);
  });

  it('refuses two of one dataset that only recursion makes', () => {
    const snapshots = ['tank/a/b@2', 'tank/a@1'];
    expect(() => zfsSnapshotCommand({ snapshots, recursive: true })).toThrow(/^snapshots\[0\]: .*as tank\/a@1/);
    expect(zfsSnapshotCommand({ snapshots }).args).toHaveLength(4);
    const fine = ['tank/a/b@1', 'tank/a@1', 'tank/ab@2'];
    expect(zfsSnapshotCommand({ snapshots: fine, recursive: true }).args).toHaveLength(6);
  });
});
