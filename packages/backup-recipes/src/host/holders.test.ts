import { describe, expect, it } from 'vitest';
import { parseHolders } from './holders.js';

// psmisc 23.7 of Debian 13
const stdout = 'kernel   994 14812 14815';
const stderr = [
  '                     USER        PID ACCESS COMMAND',
  '/srv/SSD/images:     root      mount /srv/SSD/images',
  '                     libvirt-qemu  F.... qemu-system-x86',
  '                     root      ..c.. bash',
  '                     root      ..c.. my program',
  '',
].join('\n');

describe('parseHolders', () => {
  it('names the processes, and not the mount itself', () => {
    expect(parseHolders({ stdout, stderr })).toEqual(['qemu-system-x86 (994)', 'bash (14812)', 'my program (14815)']);
  });

  it('goes by the heading, whatever stands before it, and by the mount, whether it has a number or not', () => {
    const said = [
      'sudo: unable to resolve host hv1: Name or service not known',
      '                     USER        PID ACCESS COMMAND',
      '/run/backup/1/SSD.images:',
      '                     root     kernel mount /run/backup/1/SSD.images',
      '                     root        994 ..c.. plocate',
    ].join('\n');
    expect(parseHolders({ stdout: ' kernel   994\n', stderr: said })).toEqual(['plocate (994)']);
    const quiet = said.replace('root     kernel mount', 'root      mount').replace('root        994 ', 'root      ');
    expect(parseHolders({ stdout: ' 994', stderr: quiet })).toEqual(['plocate (994)']);
  });

  it('names nobody where fuser did not', () => {
    expect(parseHolders({ stdout: '', stderr: '' })).toEqual([]);
  });
});
