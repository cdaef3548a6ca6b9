import { InvalidArgumentError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { snapshotCommand } from './snapshot.js';

describe('snapshotCommand', () => {
  it('builds the defaults', () => {
    expect(snapshotCommand({ snapshots: ['tank/vm@monday'] })).toEqual({
      file: 'zfs',
      args: ['snapshot', '--', 'tank/vm@monday'],
      effect: 'write',
      stop: 'wait',
    });
  });

  it('builds all options', () => {
    const { args } = snapshotCommand({
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
    `tank@${'a'.repeat(255)}`,
  ])('refuses %j', (name) => {
    expect(() => snapshotCommand({ snapshots: [name] })).toThrow(InvalidArgumentError);
  });

  it('refuses what zfs does not do at one instant, and nothing', () => {
    expect(() => snapshotCommand({ snapshots: ['tank/a@1', 'tank/a@2'] })).toThrow(/^snapshots\[1\]: .*each dataset/);
    expect(() => snapshotCommand({ snapshots: ['tank@1', 'tank2@1'] })).toThrow(/^snapshots\[1\]: .*same pool/);
    expect(() => snapshotCommand({ snapshots: [] })).toThrow(InvalidArgumentError);
  });
});
