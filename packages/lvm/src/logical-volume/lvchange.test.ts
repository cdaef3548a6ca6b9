import { InvalidArgumentError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { lvchangeCommand, type LvchangeOptions } from './lvchange.js';

const common = ['lvchange', '-qq', '--config', 'log/report_command_log=0', '--yes'];

describe('lvchangeCommand', () => {
  it('builds the least', () => {
    expect(lvchangeCommand({ volumes: ['SSD/images'], addTags: ['a'] })).toEqual({
      file: 'lvm',
      args: [...common, '--addtag', 'a', '--', 'SSD/images'],
      env: { LVM_SUPPRESS_FD_WARNINGS: '1' },
      effect: 'write',
      stop: 'wait',
    });
  });

  it('builds all options', () => {
    const options = {
      volumes: ['SSD/images', '/dev/mapper/vg--0-b'],
      addTags: ['a', 'quiesce.run=1'],
      deleteTags: ['b', 'c'],
      waitForLock: false,
    };
    expect(lvchangeCommand(options).args).toEqual([
      ...['lvchange', '-qq', '--config', 'log/report_command_log=0 global/wait_for_locks=0', '--yes'],
      ...['--addtag', 'a', '--addtag', 'quiesce.run=1', '--deltag', 'b', '--deltag', 'c', '--', 'SSD/images', 'vg-0/b'],
    ]);
  });

  it.each([
    [true, 'y'],
    [false, 'n'],
  ])('activates: %s', (active, letter) => {
    const { args } = lvchangeCommand({ volumes: ['SSD/images'], active });
    expect(args).toEqual([...common, '--activate', letter, '--', 'SSD/images']);
  });

  it.each<[string, LvchangeOptions]>([
    ['no volume', { volumes: [], addTags: ['a'] }],
    ['a group', { volumes: ['SSD'], active: false }],
    ['an option', { volumes: ['-a'], active: false }],
    ['no change', { volumes: ['SSD/images'] }],
    ['no tags', { volumes: ['SSD/images'], addTags: [], deleteTags: [] }],
    ['tags and activation at once', { volumes: ['SSD/images'], addTags: ['a'], active: true }],
    ['a tag both ways', { volumes: ['SSD/images'], addTags: ['a', 'b'], deleteTags: ['b'] }],
    ['a tag that is an option', { volumes: ['SSD/images'], deleteTags: ['--all'] }],
  ])('refuses %s', (_what, options) => {
    expect(() => lvchangeCommand(options)).toThrow(InvalidArgumentError);
  });
});
