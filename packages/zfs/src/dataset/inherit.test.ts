import { InvalidArgumentError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { zfsInheritCommand } from './inherit.js';

describe('zfsInheritCommand', () => {
  it('builds one dataset', () => {
    expect(zfsInheritCommand({ datasets: 'tank/a', property: 'compression' })).toEqual({
      file: 'zfs',
      args: ['inherit', '--', 'compression', 'tank/a'],
      effect: 'write',
      stop: 'wait',
    });
  });

  it('builds all options', () => {
    const datasets = ['tank/a b', 'tank@1'];
    const { args } = zfsInheritCommand({ datasets, property: 'quiesce:run', recursive: true, received: true });
    expect(args).toEqual(['inherit', '-r', '-S', '--', 'quiesce:run', 'tank/a b', 'tank@1']);
  });

  it.each(['', '-S', 'a b', 'all', 'Compression'])('refuses the property %j', (property) => {
    expect(() => zfsInheritCommand({ datasets: 'tank', property })).toThrow(InvalidArgumentError);
  });
});
