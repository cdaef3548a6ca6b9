import { OutputParseError } from '@quiesce/command';
import { scriptedTransport } from '@quiesce/command/testing';
import { recorded, releaseOn, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { createRsync } from '../create-rsync.js';
import { parseRsyncVersion, rsyncVersionCommand } from './version.js';

describe('rsyncVersionCommand', () => {
  it('builds the command', () => {
    expect(rsyncVersionCommand()).toEqual({
      file: 'rsync',
      args: ['--version', '--version'],
      effect: 'read',
      stop: 'kill',
    });
  });
});

describe.each(releases('rsync'))('parseRsyncVersion on %s', (release) => {
  const version = release.replace(/^.*-/, '');

  it('reads the JSON', () => {
    const parsed = parseRsyncVersion(recorded(release, 'version').stdout);
    expect(parsed).toMatchObject({ implementation: 'rsync', version, protocolVersion: 32 });
    expect(parsed.capabilities).toMatchObject({ ACLs: true, crtimes: false, file_bits: 64, secluded_args: 'optional' });
    expect(parsed.checksums?.[0]).toBe('xxh128');
    expect(parsed.compressions).toContain('zstd');
  });

  it('reads the prose that an older rsync prints', () => {
    expect(parseRsyncVersion(recorded(release, 'version-prose').stdout)).toEqual({
      implementation: 'rsync',
      version,
      protocolVersion: 32,
      capabilities: undefined,
      checksums: undefined,
      compressions: undefined,
    });
  });
});

describe('parseRsyncVersion', () => {
  it('knows openrsync', () => {
    expect(parseRsyncVersion('openrsync: protocol version 29\nrsync version 2.6.9 compatible\n')).toEqual({
      implementation: 'openrsync',
      version: '2.6.9',
      protocolVersion: 29,
      capabilities: undefined,
      checksums: undefined,
      compressions: undefined,
    });
  });

  it('reads the version of a build from the repository', () => {
    expect(parseRsyncVersion('rsync  version 3.5.0-g471e17dc  protocol version 32\n')).toMatchObject({
      implementation: 'rsync',
      version: '3.5.0-g471e17dc',
      protocolVersion: 32,
    });
  });

  it.each([
    '',
    'rsync: what?',
    'openrsync: protocol version 29\n',
    '{',
    '{}',
    '{"version": 3, "protocol": "32.0"}',
    '{"version": "3.9", "protocol": "new"}',
  ])('refuses %j', (stdout) => {
    expect(() => parseRsyncVersion(stdout)).toThrow(OutputParseError);
  });

  it('ignores what it does not know', () => {
    const stdout = '{"version": "9.0", "protocol": "40.0", "capabilities": {"new": 7}, "surprise": []}';
    expect(parseRsyncVersion(stdout)).toMatchObject({ version: '9.0', protocolVersion: 40, capabilities: { new: 7 } });
  });
});

describe('rsync.version', () => {
  it('runs and reads', async () => {
    const { stdout } = recorded(releaseOn('rsync', 'bookworm'), 'version');
    const transport = scriptedTransport(() => ({ stdout }));
    const rsync = createRsync({ transport, path: '/opt/rsync' });
    expect((await rsync.version()).version).toBe('3.2.7');
    expect(transport.commands[0]?.file).toBe('/opt/rsync');
  });
});
