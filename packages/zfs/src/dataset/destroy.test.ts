import { InvalidArgumentError, OutputParseError, OutputTooLargeError } from '@quiesce/command';
import { scriptedTransport } from '@quiesce/command/testing';
import { recorded, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { createZfs } from '../create-zfs.js';
import { zfsDestroyCommand, parseZfsDestroy, type ZfsDestroyOptions } from './destroy.js';

describe('zfsDestroyCommand', () => {
  it('builds the defaults', () => {
    expect(zfsDestroyCommand({ name: 'tank/a' })).toEqual({
      file: 'zfs',
      args: ['destroy', '-vp', '--', 'tank/a'],
      effect: 'write',
      stop: 'wait',
    });
  });

  it('builds a dry run as a read', () => {
    expect(zfsDestroyCommand({ name: 'tank/a@1', dryRun: true })).toEqual({
      file: 'zfs',
      args: ['destroy', '-nvp', '--', 'tank/a@1'],
      effect: 'read',
      stop: 'kill',
    });
  });

  it('builds all options', () => {
    const { args } = zfsDestroyCommand({ name: 'tank/a@1', recursive: true, defer: true, force: true });
    expect(args).toEqual(['destroy', '-vp', '-r', '-d', '-f', '--', 'tank/a@1']);
    const all = zfsDestroyCommand({ name: 'tank/a', recursive: true, dependents: true, dryRun: true });
    expect(all.args).toEqual(['destroy', '-nvp', '-R', '--', 'tank/a']);
  });

  it('builds several snapshots and ranges', () => {
    const snapshots = ['mon day', { first: 'a', last: 'b' }, { first: 'c' }, { last: 'd' }];
    const { args } = zfsDestroyCommand({ dataset: 'tank/a', snapshots });
    expect(args).toEqual(['destroy', '-vp', '--', 'tank/a@mon day,a%b,c%,%d']);
    expect(zfsDestroyCommand({ dataset: 'tank/a', snapshots: 'all' }).args.at(-1)).toBe('tank/a@%');
  });

  it('builds a bookmark', () => {
    const options = { bookmark: 'tank/a#mon day' };
    expect(zfsDestroyCommand(options)).toMatchObject({ args: ['destroy', '--', 'tank/a#mon day'], effect: 'write' });
    expect(parseZfsDestroy('', options)).toEqual({ names: ['tank/a#mon day'], reclaimedBytes: undefined });
  });

  it.each([
    { bookmark: 'tank/a' },
    { bookmark: 'tank/a@1' },
    { bookmark: 'tank/a#1', dryRun: true },
    { bookmark: 'tank/a#1', recursive: true },
    { bookmark: 'tank/a#1', name: 'tank/a' },
    { bookmark: undefined },
  ])('never takes %o for a bookmark', (options) => {
    expect(() => zfsDestroyCommand(options as ZfsDestroyOptions)).toThrow(InvalidArgumentError);
  });

  it.each(['', '-r', 'tank@', 'tank@a%b', 'tank@a,b', 'tank@%', 'tank#mark', 'tank/a\n', 'tank/a@b\n'])(
    'refuses the name %j',
    (name) => {
      expect(() => zfsDestroyCommand({ name })).toThrow(InvalidArgumentError);
    },
  );

  it.each([
    { dataset: 'tank', snapshots: [] },
    { dataset: 'tank', snapshots: undefined },
    { dataset: 'tank' },
    { dataset: 'tank', snapshots: 'monday' },
    { dataset: 'tank', snapshots: [''] },
    { dataset: 'tank', snapshots: ['a%b'] },
    { dataset: 'tank', snapshots: ['-a'] },
    { dataset: 'tank', snapshots: [{ first: 'a,b' }] },
    { dataset: 'tank', snapshots: [{ last: '' }] },
    { dataset: 'tank', snapshots: [{}] },
    { dataset: 'tank', snapshots: [{ last: undefined }] },
    { dataset: 'tank', snapshots: [{ first: undefined, last: undefined }] },
    { dataset: 'tank', snapshots: [{ first: 'a', last: undefined }] },
    { dataset: 'tank', snapshots: ['a', {}] },
    { dataset: 'tank', snapshots: [null] },
    { dataset: 'tank@a', snapshots: 'all' },
    { dataset: 'tank@a', snapshots: ['b'] },
    { name: 'tank', dataset: 'tank', snapshots: ['a'] },
    { name: 'tank', snapshots: undefined },
    {},
  ])('never takes %o for a whole dataset or all of its snapshots', (options) => {
    expect(() => zfsDestroyCommand(options as ZfsDestroyOptions)).toThrow(InvalidArgumentError);
  });

  it('refuses a dry run that would leave the clones of a snapshot out', () => {
    expect(() => zfsDestroyCommand({ name: 'tank@1', dependents: true, dryRun: true })).toThrow(
      /DatasetHasDependentsError/,
    );
    expect(zfsDestroyCommand({ name: 'tank@1', dependents: true }).args).toContain('-R');
  });
});

describe.each(releases('zfs'))('parseZfsDestroy on %s', (release) => {
  const read = (name: string): ReturnType<typeof parseZfsDestroy> => parseZfsDestroy(recorded(release, name).stdout);

  it('reads what goes with a file system', () => {
    const { names, reclaimedBytes } = read('destroy dry run');
    const all = ['a', 'a/b', 'a/b@1', 'a/b@2', 'a/b@3', 'a@1', 'a@2', 'a@3'].map((name) => `quiesce-zfs/${name}`);
    // zfs gives snapshots in no order.
    expect([...names].sort()).toEqual(all);
    expect(reclaimedBytes).toBeUndefined();
  });

  it('reads which snapshots go and how much becomes free', () => {
    const { names, reclaimedBytes } = read('destroy dry run snapshots');
    expect([...names].sort()).toEqual(['quiesce-zfs/a@1', 'quiesce-zfs/a@2', 'quiesce-zfs/a@3']);
    expect(reclaimedBytes).toBeGreaterThan(3 * 1024 * 1024);
  });

  it('names a clone once', () => {
    const { names } = read('destroy dry run whole pool');
    expect(names.filter((name) => name === 'quiesce-zfs/clone2')).toHaveLength(1);
  });

  it('reads what a real run and a deferred one say', () => {
    expect(read('destroy defer')).toEqual({ names: ['quiesce-zfs/a@2'], reclaimedBytes: expect.any(Number) as number });
  });
});

describe('parseZfsDestroy', () => {
  it('reads nothing from nothing, as a dry run of the transport prints it', () => {
    expect(parseZfsDestroy('')).toEqual({ names: [], reclaimedBytes: undefined });
  });

  it('ignores rows of a kind that it does not know', () => {
    expect(parseZfsDestroy('destroy\ttank@1\nother\tx\ty\nreclaim\t0\n')).toEqual({
      names: ['tank@1'],
      reclaimedBytes: 0,
    });
  });

  it.each(['would destroy tank\n', 'reclaim\t1K\n', 'reclaim\t99999999999999999999\n'])('refuses %j', (stdout) => {
    expect(() => parseZfsDestroy(stdout)).toThrow(OutputParseError);
  });
});

describe('zfs.destroy', () => {
  it('tells all that went, also what is over the limit of the client', async () => {
    const names = Array.from({ length: 1000 }, (_, number) => `tank/vm@${String(number)}`);
    const stdout = names.map((name) => `destroy\t${name}\n`).join('');
    const zfs = createZfs({ transport: scriptedTransport(() => ({ stdout })), maximumOutputBytes: 1000 });
    expect((await zfs.destroy({ dataset: 'tank/vm', snapshots: 'all' })).names).toEqual(names);
    await expect(zfs.list({ fields: 'guid' })).rejects.toThrow(OutputTooLargeError);
  });
});
