import { OutputParseError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { parseVirshUri, virshUriCommand } from './uri.js';

describe('virshUriCommand', () => {
  it('asks for nothing else', () => {
    expect(virshUriCommand()).toEqual({ file: 'virsh', args: ['uri'], effect: 'read', stop: 'kill' });
  });
});

// virsh 9.0 and 11.3 print it so.
describe('parseVirshUri', () => {
  it('reads the URI', () => {
    expect(parseVirshUri('qemu:///system\n\n')).toBe('qemu:///system');
  });

  it('refuses anything else', () => {
    expect(() => parseVirshUri('\n')).toThrow(OutputParseError);
    expect(() => parseVirshUri('no such thing\n')).toThrow(OutputParseError);
  });
});
