import { InvalidArgumentError, OutputParseError } from '@quiesce/command';
import { recorded, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { parseZfsGroupspace, zfsGroupspaceCommand } from './groupspace.js';
import { parseZfsProjectspace, zfsProjectspaceCommand } from './projectspace.js';
import { parseZfsUserspace, zfsUserspaceCommand } from './userspace.js';

const asked = ['-Hp', '-o', 'type,name,used,quota,objused,objquota'];

describe('the commands that tell who takes space', () => {
  it('build the defaults', () => {
    expect(zfsUserspaceCommand({ dataset: 'tank/my home' })).toEqual({
      file: 'zfs',
      args: ['userspace', ...asked, '--', 'tank/my home'],
      effect: 'read',
      stop: 'kill',
    });
    expect(zfsGroupspaceCommand({ dataset: 'tank@1' }).args).toEqual(['groupspace', ...asked, '--', 'tank@1']);
    expect(zfsProjectspaceCommand({ dataset: 'tank' }).args).toEqual(['projectspace', ...asked, '--', 'tank']);
  });

  it('build all options', () => {
    const flags = { dataset: 'tank', numeric: true, posixIdentities: true };
    const { args } = zfsUserspaceCommand({ ...flags, types: ['posixuser', 'smbuser'] });
    expect(args).toEqual(['userspace', ...asked, '-n', '-i', '-t', 'posixuser,smbuser', '--', 'tank']);
    const groups = zfsGroupspaceCommand({ ...flags, types: 'posixgroup' });
    expect(groups.args).toEqual(['groupspace', ...asked, '-n', '-i', '-t', 'posixgroup', '--', 'tank']);
  });

  it.each(['', '-n', '/tank', 'tank#1', 'tank/a\n'])('refuse the name %j', (dataset) => {
    expect(() => zfsUserspaceCommand({ dataset })).toThrow(InvalidArgumentError);
    expect(() => zfsGroupspaceCommand({ dataset })).toThrow(InvalidArgumentError);
    expect(() => zfsProjectspaceCommand({ dataset })).toThrow(InvalidArgumentError);
  });
});

const noLimits = { quotaBytes: undefined, objectQuota: undefined };
const bytes = expect.any(Number) as number;

describe.each(releases('zfs'))('what %s tells of space', (release) => {
  const text = (name: string): string => recorded(release, name).stdout;

  it('is read of users', () => {
    const type = 'posixuser';
    const users = parseZfsUserspace(text('userspace'));
    expect(users).toHaveLength(3);
    expect(users).toEqual(
      expect.arrayContaining([
        { type, name: 'root', usedBytes: bytes, objects: 1, ...noLimits },
        { type, name: 'nobody', usedBytes: bytes, quotaBytes: 1024 ** 2, objects: 1, objectQuota: 100 },
        { type, name: '4711', usedBytes: bytes, objects: 2, ...noLimits },
      ]),
    );
    for (const { name, usedBytes } of users) expect(usedBytes > 300_000).toBe(name !== 'root');
    expect(parseZfsUserspace(text('userspace of a snapshot'))).toEqual(users);
    const numbers = parseZfsUserspace(text('userspace numbers')).map(({ name }) => name);
    expect(numbers.sort()).toEqual(['0', '4711', '65534']);
  });

  it('is read of groups', () => {
    const type = 'posixgroup';
    const groups = parseZfsGroupspace(text('groupspace'));
    expect(groups).toHaveLength(3);
    expect(groups).toEqual(
      expect.arrayContaining([
        { type, name: 'root', usedBytes: bytes, objects: 1, ...noLimits },
        { type, name: 'daemon', usedBytes: bytes, quotaBytes: 2 * 1024 ** 2, objects: 1, objectQuota: undefined },
        { type, name: '4712', usedBytes: bytes, quotaBytes: undefined, objects: 2, objectQuota: 7 },
      ]),
    );
    expect(parseZfsGroupspace(text('groupspace numbers'))).toHaveLength(3);
  });

  it('is read of projects', () => {
    const type = 'project';
    const projects = parseZfsProjectspace(text('projectspace'));
    expect(projects).toHaveLength(3);
    expect(projects).toEqual(
      expect.arrayContaining([
        { type, name: '0', usedBytes: bytes, objects: 3, ...noLimits },
        { type, name: '7', usedBytes: bytes, quotaBytes: 3 * 1024 ** 2, objects: 1, objectQuota: undefined },
        { type, name: '8', usedBytes: 0, quotaBytes: undefined, objects: 0, objectQuota: 9 },
      ]),
    );
  });
});

describe('parseZfsUserspace', () => {
  it.each(releases('zfs'))('reads what is asked for by kind: %s', (release) => {
    const text = (name: string): string => recorded(release, name).stdout;
    expect(parseZfsUserspace(text('userspace posix ids'))).toHaveLength(3);
    expect(parseZfsUserspace(text('userspace smb'))).toEqual([]);
  });

  it('reads nothing from nothing', () => {
    expect(parseZfsUserspace('')).toEqual([]);
  });

  it.each([
    'Robot\tx\t1\t2\t3\t4\n',
    'POSIX User\troot\t1\n',
    'POSIX User\troot\t1K\t0\t0\t0\n',
    'POSIX User\troot\nPOSIX User\tx\t1\t0\t1\t0\t1\t0\t1\t0\n',
  ])('refuses %j', (stdout) => {
    expect(() => parseZfsUserspace(stdout)).toThrow(OutputParseError);
  });
});
