import { describe, expect, it } from 'vitest';
import { dumpxmlCommand } from './dumpxml.js';

describe('dumpxmlCommand', () => {
  it('builds the defaults', () => {
    const args = ['dumpxml', '--domain=MySQL'];
    expect(dumpxmlCommand({ domain: 'MySQL' })).toEqual({ file: 'virsh', args, effect: 'read', stop: 'kill' });
  });

  it('builds all options', () => {
    const { args } = dumpxmlCommand({ domain: 'MySQL', inactive: true, migratable: true, securityInfo: true });
    expect(args).toEqual(['dumpxml', '--domain=MySQL', '--inactive', '--migratable', '--security-info']);
  });
});
