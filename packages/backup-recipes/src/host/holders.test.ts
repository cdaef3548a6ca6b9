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

  it('names nobody where fuser did not', () => {
    expect(parseHolders({ stdout: '', stderr: '' })).toEqual([]);
  });
});
