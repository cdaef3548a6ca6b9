import { describe, expect, it } from 'vitest';
import { programProblems, wantedPrograms } from './required-programs.js';

const without = (...programs: string[]): Set<string> =>
  new Set(wantedPrograms.filter((program) => !programs.includes(program)));

describe('programProblems', () => {
  it('names what is missing, and its package', () => {
    expect([...programProblems('ssh:hv1', without('dmsetup', 'systemd-run'), ['ext4'])]).toEqual([
      {
        option: 'transport',
        value: 'ssh:hv1',
        problem: 'it has no dmsetup: install its package, which Debian calls dmsetup',
      },
      {
        option: 'transport',
        value: 'ssh:hv1',
        problem: 'it has no systemd-run: install its package, which Debian calls systemd',
      },
    ]);
  });

  it('needs what checks a file system only where one is checked', () => {
    const found = without('fsck', 'fsck.ext4', 'fsck.ext3', 'fsck.vfat', 'dumpe2fs');
    const missing = (...checked: string[]): (string | undefined)[] =>
      [...programProblems('local', found, checked)].map(({ problem }) => /it has no (\S+):/.exec(problem)?.[1]);
    expect(missing()).toEqual([]);
    expect(missing('vfat')).toEqual(['fsck']);
    expect(missing('ext4', 'ext4')).toEqual(['fsck', 'fsck.ext4', 'dumpe2fs']);
  });
});
