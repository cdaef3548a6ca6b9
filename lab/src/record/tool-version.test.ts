import { scriptedTransport } from '@quiesce/command/testing';
import { describe, expect, it } from 'vitest';
import { fixtureRelease, toolVersion } from './tool-version.js';

describe('toolVersion', () => {
  it.each([
    ['zfs-2.3.9-0+deb13u1\nzfs-kmod-2.3.9-0+deb13u1\n', '2.3.9'],
    ['  LVM version:     2.03.31(2) (2025-02-27)\n  Library version: 1.02.205 (2025-02-27)\n', '2.03.31'],
    ['11.3.0\n', '11.3.0'],
    ['rsync  version 3.2.7  protocol version 31\n', '3.2.7'],
  ])('finds it in %j', (said, version) => {
    expect(toolVersion(said)).toBe(version);
  });
  it('refuses what has none', () => {
    expect(() => toolVersion('none\n')).toThrow('no version');
  });
});

describe('fixtureRelease', () => {
  it('names Debian, the client and its version', async () => {
    const transport = scriptedTransport(() => ({ stdout: 'zfs-2.1.11-1+deb12u1\n' }));
    expect(await fixtureRelease('zfs', 'bookworm', transport)).toBe('debian-12-zfs-2.1.11');
  });
});
