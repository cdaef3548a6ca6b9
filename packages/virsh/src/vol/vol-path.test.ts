import { InvalidArgumentError, OutputParseError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { parseVirshVolPath, virshVolPathCommand } from './vol-path.js';

describe('virshVolPathCommand', () => {
  it('names the volume and its pool, each in one word', () => {
    expect(virshVolPathCommand({ pool: 'default', volume: '-a b.img' })).toEqual({
      file: 'virsh',
      args: ['vol-path', '--vol=-a b.img', '--pool=default'],
      effect: 'read',
      stop: 'kill',
    });
  });

  it.each(['', 'a\nb', 'x'.repeat(2000)])('refuses %j', (name) => {
    expect(() => virshVolPathCommand({ pool: name, volume: 'a' })).toThrow(InvalidArgumentError);
    expect(() => virshVolPathCommand({ pool: 'a', volume: name })).toThrow(InvalidArgumentError);
  });
});

// virsh 9.0 and 11.3 print it so.
describe('parseVirshVolPath', () => {
  it('reads the path', () => {
    expect(parseVirshVolPath('/srv/SSD/images/a b.img\n\n')).toBe('/srv/SSD/images/a b.img');
  });

  it('refuses anything else', () => {
    expect(() => parseVirshVolPath('\n')).toThrow(OutputParseError);
    expect(() => parseVirshVolPath('/a\n/b\n')).toThrow(OutputParseError);
  });
});
