import { InvalidArgumentError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { zpoolSetCommand } from './zpool-set.js';

describe('zpoolSetCommand', () => {
  it('builds a property with its value as it is', () => {
    expect(zpoolSetCommand({ pool: 'tank', property: 'comment', value: `-x 'a'=b` })).toEqual({
      file: 'zpool',
      args: ['set', `comment=-x 'a'=b`, 'tank'],
      effect: 'write',
      stop: 'wait',
    });
    expect(zpoolSetCommand({ pool: 'tank', property: 'comment', value: '' }).args).toContain('comment=');
    const feature = { pool: 'tank a', property: 'feature@encryption', value: 'enabled' };
    expect(zpoolSetCommand(feature).args).toEqual(['set', 'feature@encryption=enabled', 'tank a']);
  });

  it.each([
    ['tank', '-a', 'x'],
    ['tank', '-a:b', 'x'],
    ['tank', 'a=b', 'x'],
    ['tank', '', 'x'],
    ['tank', 'comment', 'x\0'],
    ['-f', 'comment', 'x'],
    ['tank/a', 'comment', 'x'],
  ])('refuses %j %j %j', (pool, property, value) => {
    expect(() => zpoolSetCommand({ pool, property, value })).toThrow(InvalidArgumentError);
  });
});
