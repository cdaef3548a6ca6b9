import { InvalidArgumentError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { zfsCreateCommand } from './create.js';

describe('zfsCreateCommand', () => {
  it('builds the defaults', () => {
    expect(zfsCreateCommand({ name: 'tank/a' })).toEqual({
      file: 'zfs',
      args: ['create', '--', 'tank/a'],
      effect: 'write',
      stop: 'wait',
    });
  });

  it('builds a file system with all options', () => {
    const properties = { compression: 'lz4', 'quiesce:run': 'it is $HOME' };
    const { args } = zfsCreateCommand({ name: 'tank/a b/c', properties, parents: true, mount: false });
    const set = ['-o', 'compression=lz4', '-o', 'quiesce:run=it is $HOME'];
    expect(args).toEqual(['create', '-p', '-u', ...set, '--', 'tank/a b/c']);
  });

  it('builds volumes', () => {
    const plain = zfsCreateCommand({ name: 'tank/v', volume: { sizeBytes: 1024 } });
    expect(plain.args).toEqual(['create', '-V', '1024', '--', 'tank/v']);
    const volume = { sizeBytes: 2 ** 40, sparse: true, blockSizeBytes: 16384 };
    const { args } = zfsCreateCommand({ name: 'tank/v', volume, properties: { 'a:b': 'c' } });
    expect(args).toEqual(['create', '-s', '-b', '16384', '-V', '1099511627776', '-o', 'a:b=c', '--', 'tank/v']);
  });

  it.each(['', '-p', 'tank@1', 'tank#1', 'tank/', '/tank', '1tank', 'tank//a', 'tank/a\nb', `tank/${'a'.repeat(251)}`])(
    'refuses the name %j',
    (name) => {
      expect(() => zfsCreateCommand({ name })).toThrow(InvalidArgumentError);
    },
  );

  it.each([
    [0, undefined],
    [-1, undefined],
    [1.5, undefined],
    [Number.NaN, undefined],
    [2 ** 53, undefined],
    [1024, 1000],
    [1024, 256],
    [1024, 0],
    [1024, Number.POSITIVE_INFINITY],
  ])('refuses a volume of %d bytes in blocks of %d', (sizeBytes, blockSizeBytes) => {
    const volume = { sizeBytes, ...(blockSizeBytes !== undefined && { blockSizeBytes }) };
    expect(() => zfsCreateCommand({ name: 'tank/v', volume })).toThrow(InvalidArgumentError);
  });
});
