import { InvalidArgumentError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { lvremoveCommand, type LvremoveOptions } from './lvremove.js';

describe('lvremoveCommand', () => {
  it('builds the defaults', () => {
    expect(lvremoveCommand({ volumes: ['/dev/SSD/images.1'] })).toEqual({
      file: 'lvm',
      args: ['lvremove', '-qq', '--config', 'log/report_command_log=0', '--yes', '--', 'SSD/images.1'],
      env: { LVM_SUPPRESS_FD_WARNINGS: '1' },
      effect: 'write',
      stop: 'wait',
    });
  });

  it('builds all options', () => {
    const { args } = lvremoveCommand({
      volumes: ['SSD/images.1', 'raid5/VM.images.1'],
      tags: ['quiesce.run=1', 'b'],
      udevSync: false,
      waitForLock: false,
    });
    expect(args).toEqual([
      ...['lvremove', '-qq', '--config', 'log/report_command_log=0 global/wait_for_locks=0', '--yes', '--noudevsync'],
      ...['--select', 'lv_tags={"quiesce.run=1"} && lv_tags={"b"}', '--', 'SSD/images.1', 'raid5/VM.images.1'],
    ]);
  });

  // Each of these would remove more than one volume, or make lvremove ask.
  it.each<[string, LvremoveOptions]>([
    ['no volume', { volumes: [] }],
    ['a group', { volumes: ['SSD'] }],
    ['a group as a path', { volumes: ['/dev/SSD'] }],
    ['a group with a slash', { volumes: ['SSD/'] }],
    ['a tag', { volumes: ['@quiesce.run=1'] }],
    ['an option', { volumes: ['--select=lv_name!='] }],
    ['a tag that would close the selection', { volumes: ['SSD/a'], tags: ['a"} || lv_name={"b'] }],
    ['an empty tag', { volumes: ['SSD/a'], tags: [''] }],
  ])('refuses %s', (_what, options) => {
    expect(() => lvremoveCommand(options)).toThrow(InvalidArgumentError);
  });
});
