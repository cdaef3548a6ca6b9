import { InvalidArgumentError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { zfsSetCommand } from './set.js';

describe('zfsSetCommand', () => {
  it('builds one property of one dataset', () => {
    expect(zfsSetCommand({ datasets: ['tank/a'], properties: { compression: 'lz4' } })).toEqual({
      file: 'zfs',
      args: ['set', 'compression=lz4', 'tank/a'],
      effect: 'write',
      stop: 'wait',
    });
  });

  it('builds several, values as they are', () => {
    const properties = { 'quiesce:run': `-x 'a' "$b"\n\tc=d`, 'quiesce:empty': '' };
    const { args } = zfsSetCommand({ datasets: ['tank/a b', 'tank@1'], properties });
    expect(args).toEqual(['set', `quiesce:run=-x 'a' "$b"\n\tc=d`, 'quiesce:empty=', 'tank/a b', 'tank@1']);
  });

  it('leaves mounts as they are', () => {
    const options = { datasets: 'tank/a', properties: { mountpoint: '/srv/a' } };
    expect(zfsSetCommand({ ...options, mount: false }).args).toEqual(['set', '-u', 'mountpoint=/srv/a', 'tank/a']);
    expect(zfsSetCommand({ ...options, mount: true }).args).toEqual(['set', 'mountpoint=/srv/a', 'tank/a']);
  });

  it.each([
    [[], { a: 'b' }],
    [['tank'], {}],
    [['-u'], { a: 'b' }],
    [['tank', 'a=b'], { a: 'b' }],
    [['tank'], { '-u': 'b' }],
    [['tank'], { 'a=b': 'c' }],
    [['tank'], { '': 'c' }],
    [['tank'], { a: 'b\0' }],
  ])('refuses %j %j', (datasets, properties) => {
    expect(() => zfsSetCommand({ datasets, properties })).toThrow(InvalidArgumentError);
  });
});
