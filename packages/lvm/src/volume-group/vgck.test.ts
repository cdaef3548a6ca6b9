import { InvalidArgumentError } from '@quiesce/command';
import { recorded, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { parseVgck, vgckCommand, type VgckOptions } from './vgck.js';

const settings = 'log/report_command_log=0';

describe('vgckCommand', () => {
  it('builds the defaults', () => {
    expect(vgckCommand()).toEqual({
      file: 'lvm',
      args: ['vgck', '-qq', '--config', settings, '--'],
      env: { LVM_SUPPRESS_FD_WARNINGS: '1' },
      effect: 'read',
      stop: 'kill',
    });
  });

  it('builds all options of a check', () => {
    const options = { volumeGroups: ['SSD', 'raid5'], tags: ['a', 'b=1'], updateMetadata: false, waitForLock: false };
    expect(vgckCommand(options).args).toEqual([
      ...['vgck', '-qq', '--config', `${settings} global/wait_for_locks=0`, '--', 'SSD', 'raid5', '@a', '@b=1'],
    ]);
  });

  it('builds an update, which is not to be killed', () => {
    expect(vgckCommand({ volumeGroups: 'SSD', updateMetadata: true })).toMatchObject({
      args: ['vgck', '-qq', '--config', settings, '--updatemetadata', '--', 'SSD'],
      effect: 'write',
      stop: 'wait',
    });
  });

  it.each<[string, VgckOptions]>([
    ['no group', {}],
    ['two groups', { volumeGroups: ['SSD', 'raid5'] }],
    ['a tag', { tags: 'a' }],
    ['a group and a tag', { volumeGroups: 'SSD', tags: 'a' }],
  ])('refuses to update %s', (_what, options) => {
    expect(() => vgckCommand({ ...options, updateMetadata: true })).toThrow(InvalidArgumentError);
  });

  it.each(['', '-a', 'a b', '/dev/SSD', 'SSD/images', '@tag', 'a\n'])('refuses the group %j', (name) => {
    expect(() => vgckCommand({ volumeGroups: name })).toThrow(InvalidArgumentError);
  });

  it.each(['', '-a', 'a b', '@tag', 'a\n'])('refuses the tag %j', (tag) => {
    expect(() => vgckCommand({ tags: [tag] })).toThrow(InvalidArgumentError);
  });
});

describe.each(releases('lvm'))('parseVgck on %s', (release) => {
  it.each(['vgck', 'vgck-updated'])('has nothing to tell of %s', (name) => {
    const { exitCode, stderr, stdout } = recorded(release, name);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    expect(parseVgck(stderr)).toEqual({ warnings: [], outdated: [] });
  });

  it('tells a group whose disk has old metadata, although LVM exits 0', () => {
    const { exitCode, stderr } = recorded(release, 'vgck-outdated');
    expect(exitCode).toBe(0);
    const { outdated, warnings } = parseVgck(stderr);
    expect(outdated).toEqual(['quiesce-lvm']);
    expect(warnings).toContain('WARNING: Inconsistent metadata found for VG quiesce-lvm.');
  });

  it('tells what an update did', () => {
    const { warnings } = parseVgck(recorded(release, 'vgck-update').stderr);
    expect(warnings.at(-1)).toMatch(/^WARNING: wiping header on outdated PV \/dev\//);
  });
});

describe('parseVgck', () => {
  it('tells each group once, by either warning, and leaves out what sudo says', () => {
    const stderr =
      'sudo: unable to resolve host hv1: Name or service not known\n' +
      '  WARNING: Inconsistent metadata found for VG a.b.\n' +
      '  WARNING: outdated PV /dev/sdb seqno 1 has been removed in current VG a.b seqno 3.\n' +
      '  WARNING: outdated PV /dev/sdc seqno 1 has been removed in current VG c seqno 3.\n';
    const { outdated, warnings } = parseVgck(stderr);
    expect(outdated).toEqual(['a.b', 'c']);
    expect(warnings).toHaveLength(3);
  });
});
