import { describe, expect, it } from 'vitest';
import { virshDumpxmlCommand } from './dumpxml.js';

describe('virshDumpxmlCommand', () => {
  it('builds the defaults', () => {
    const args = ['dumpxml', '--domain=MySQL'];
    expect(virshDumpxmlCommand({ domain: 'MySQL' })).toEqual({ file: 'virsh', args, effect: 'read', stop: 'kill' });
  });

  it('builds all options', () => {
    const { args } = virshDumpxmlCommand({ domain: 'MySQL', inactive: true, migratable: true, securityInfo: true });
    expect(args).toEqual(['dumpxml', '--domain=MySQL', '--inactive', '--migratable', '--security-info']);
  });
});
