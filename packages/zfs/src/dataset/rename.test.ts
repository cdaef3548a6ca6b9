import { InvalidArgumentError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { zfsRenameCommand, type ZfsRenameOptions } from './rename.js';

describe('zfsRenameCommand', () => {
  it('builds a dataset', () => {
    expect(zfsRenameCommand({ name: 'tank/a', newName: 'tank/b/c' })).toEqual({
      file: 'zfs',
      args: ['rename', '--', 'tank/a', 'tank/b/c'],
      effect: 'write',
      stop: 'wait',
    });
  });

  it.each<[Omit<ZfsRenameOptions, 'name' | 'newName'>, string[]]>([
    [{ parents: true, force: true }, ['-p', '-f']],
    [{ remount: false, force: true }, ['-u', '-f']],
    [{ remount: true, parents: false, recursive: false, force: false }, []],
  ])('builds a dataset with %j', (options, words) => {
    const { args } = zfsRenameCommand({ name: 'tank/a', newName: 'tank/b', ...options });
    expect(args).toEqual(['rename', ...words, '--', 'tank/a', 'tank/b']);
  });

  it('builds snapshots', () => {
    const { args } = zfsRenameCommand({ name: 'tank/a@1', newName: 'tank/a@2', recursive: true });
    expect(args).toEqual(['rename', '-r', '--', 'tank/a@1', 'tank/a@2']);
  });

  it.each<[string, ZfsRenameOptions]>([
    ['newName', { name: 'tank/a', newName: 'tank/a@1' }],
    ['newName', { name: 'tank/a@1', newName: 'tank/a' }],
    ['newName', { name: 'tank/a@1', newName: 'tank/b@1' }],
    ['newName', { name: 'tank/a', newName: 'other/a' }],
    ['newName', { name: 'tank/a', newName: '@b' }],
    ['recursive', { name: 'tank/a', newName: 'tank/b', recursive: true }],
    ['parents', { name: 'tank/a@1', newName: 'tank/a@2', parents: true }],
    ['remount', { name: 'tank/a@1', newName: 'tank/a@2', remount: false }],
    ['remount', { name: 'tank/a', newName: 'tank/b', remount: false, parents: true }],
  ])('refuses a wrong %s: %j', (argument, options) => {
    expect(() => zfsRenameCommand(options)).toThrow(InvalidArgumentError);
    expect(() => zfsRenameCommand(options)).toThrow(new RegExp(`^${argument}: `));
  });
});
