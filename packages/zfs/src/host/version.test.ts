import { OutputParseError } from '@quiesce/command';
import { recorded, releaseOn } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { parseZfsVersion, zfsVersionCommand } from './version.js';

describe('zfsVersionCommand', () => {
  it('builds the words', () => {
    expect(zfsVersionCommand()).toEqual({ file: 'zfs', args: ['version'], effect: 'read', stop: 'kill' });
  });
});

describe('parseZfsVersion', () => {
  it.each([
    ['trixie', '2.3.9-0+deb13u1'],
    ['bookworm', '2.1.11-1+deb12u1'],
  ] as const)('reads the releases on %s', (name, release) => {
    const { stdout } = recorded(releaseOn('zfs', name), 'zfs version');
    expect(parseZfsVersion(stdout)).toEqual({ programs: release, module: release });
  });

  it('tells programs and module apart, in any order', () => {
    expect(parseZfsVersion('zfs-kmod-2.1.11-1\nzfs-2.3.9-1\n')).toEqual({ programs: '2.3.9-1', module: '2.1.11-1' });
  });

  it.each(['', 'zfs-2.3.9-1\n', 'zfs-kmod-2.3.9-1\n'])('refuses %j', (text) => {
    expect(() => parseZfsVersion(text)).toThrow(OutputParseError);
  });
});
