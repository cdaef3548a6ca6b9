import { InvalidArgumentError, OutputParseError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { parseVolPath, volPathCommand } from './vol-path.js';

describe('volPathCommand', () => {
  it('names the volume and its pool, each in one word', () => {
    expect(volPathCommand({ pool: 'default', volume: '-a b.img' })).toEqual({
      file: 'virsh',
      args: ['vol-path', '--vol=-a b.img', '--pool=default'],
      effect: 'read',
      stop: 'kill',
    });
  });

  it.each(['', 'a\nb', 'x'.repeat(2000)])('refuses %j', (name) => {
    expect(() => volPathCommand({ pool: name, volume: 'a' })).toThrow(InvalidArgumentError);
    expect(() => volPathCommand({ pool: 'a', volume: name })).toThrow(InvalidArgumentError);
  });
});

// virsh 9.0 and 11.3 print it so.
describe('parseVolPath', () => {
  it('reads the path', () => {
    expect(parseVolPath('/srv/SSD/images/a b.img\n\n')).toBe('/srv/SSD/images/a b.img');
  });

  it('refuses anything else', () => {
    expect(() => parseVolPath('\n')).toThrow(OutputParseError);
    expect(() => parseVolPath('/a\n/b\n')).toThrow(OutputParseError);
  });
});
