import { describe, expect, it } from 'vitest';
import { blkidCommand, parseBlkid } from './blkid.js';

describe('blkidCommand', () => {
  it('looks at one device', () => {
    expect(blkidCommand({ device: '/dev/SSD/images' })).toEqual({
      file: 'blkid',
      args: ['-p', '-o', 'export', '--', '/dev/SSD/images'],
      effect: 'read',
      stop: 'kill',
    });
  });
});

// util-linux 2.38.1 of Debian 12
describe('parseBlkid', () => {
  it.each([
    [
      'a file system',
      'DEVNAME=/dev/SSD/images\nUUID=2d9c7485-7e07-49b4-a384-e00267d71537\nVERSION=1.0\nBLOCK_SIZE=1024\nTYPE=ext4\nUSAGE=filesystem\n',
      { kind: 'content', type: 'ext4', usage: 'filesystem' },
    ],
    [
      'a physical volume',
      'DEVNAME=/dev/SSD/images\nUUID=abcdef-ghij-klmn-opqr-stuv-wxyz-012345\nVERSION=LVM2\\ 001\nTYPE=LVM2_member\nUSAGE=raid\n',
      { kind: 'content', type: 'LVM2_member', usage: 'raid' },
    ],
    [
      'LUKS',
      'DEVNAME=/dev/SSD/images\nVERSION=1\nUUID=e1f34ac2-5cf1-4c2b-9a4e-8a0f35a0f2ac\nTYPE=crypto_LUKS\nUSAGE=crypto\n',
      { kind: 'content', type: 'crypto_LUKS', usage: 'crypto' },
    ],
    [
      'a partition table',
      'DEVNAME=/dev/SSD/images\nPTUUID=44332211\nPTTYPE=dos\n',
      { kind: 'partitions', type: 'dos' },
    ],
  ])('reads %s', (_, stdout, content) => {
    expect(parseBlkid({ exitCode: 0, stdout })).toEqual(content);
  });

  it('goes by the exit code where nothing is printed', () => {
    expect(parseBlkid({ exitCode: 2, stdout: '' })).toEqual({ kind: 'nothing' });
    expect(parseBlkid({ exitCode: 8, stdout: '' })).toEqual({ kind: 'ambivalent' });
  });
});
