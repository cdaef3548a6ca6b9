import { describe, expect, it } from 'vitest';
import { dumpe2fsCommand, hasOuterJournal, unknownFeatures } from './dumpe2fs.js';

describe('dumpe2fsCommand', () => {
  it('reads the superblock alone', () => {
    expect(dumpe2fsCommand({ device: '/dev/SSD/images' })).toEqual({
      file: 'dumpe2fs',
      args: ['-h', '/dev/SSD/images'],
      effect: 'read',
      stop: 'kill',
    });
  });
});

// e2fsprogs 1.47.0 of Debian 12
const stderr = 'dumpe2fs 1.47.0 (5-Feb-2023)\n';
const head = 'Filesystem magic number:  0xEF53\nFilesystem revision #:    1 (dynamic)\n';
const known = 'has_journal ext_attr resize_inode dir_index orphan_file filetype extent 64bit metadata_csum';

describe('unknownFeatures', () => {
  it('finds none where all have names', () => {
    expect(unknownFeatures({ stdout: `${head}Filesystem features:      ${known}\n`, stderr })).toEqual([]);
  });

  it('finds those that have numbers', () => {
    const stdout = `${head}Filesystem features:      has_journal FEATURE_C12 extent FEATURE_R17\n`;
    expect(unknownFeatures({ stdout, stderr })).toEqual(['FEATURE_C12', 'FEATURE_R17']);
  });

  it('knows a file system that can not even be opened', () => {
    const said = 'dumpe2fs: Filesystem has unsupported feature(s) while trying to open /dev/SSD/images\n';
    const more = "Couldn't find valid filesystem superblock.\n";
    expect(unknownFeatures({ stdout: '', stderr: `${stderr}${said}${more}` })).toEqual(['unsupported feature(s)']);
  });

  it('makes nothing of other failures', () => {
    const said = 'dumpe2fs: Bad magic number in super-block while trying to open /dev/SSD/images\n';
    expect(unknownFeatures({ stdout: '', stderr: said })).toEqual([]);
  });
});

// e2fsprogs 1.47.2 of Debian 13
describe('hasOuterJournal', () => {
  it('tells a journal on another device from one inside', () => {
    const outer = 'Journal UUID:             9e09cf4b-efb7-4ff1-9414-855dfa404a7a\nJournal device:           0x0700\n';
    const inner = 'Journal inode:            8\nJournal backup:           inode blocks\nTotal journal size:       8M\n';
    expect(hasOuterJournal({ stdout: `${head}${outer}` })).toBe(true);
    expect(hasOuterJournal({ stdout: `${head}${inner}` })).toBe(false);
    expect(hasOuterJournal({ stdout: '' })).toBe(false);
  });
});
