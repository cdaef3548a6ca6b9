import { OutputParseError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { parseUri, uriCommand } from './uri.js';

describe('uriCommand', () => {
  it('asks for nothing else', () => {
    expect(uriCommand()).toEqual({ file: 'virsh', args: ['uri'], effect: 'read', stop: 'kill' });
  });
});

// virsh 9.0 and 11.3 print it so.
describe('parseUri', () => {
  it('reads the URI', () => {
    expect(parseUri('qemu:///system\n\n')).toBe('qemu:///system');
  });

  it('refuses anything else', () => {
    expect(() => parseUri('\n')).toThrow(OutputParseError);
    expect(() => parseUri('no such thing\n')).toThrow(OutputParseError);
  });
});
