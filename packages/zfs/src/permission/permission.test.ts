import { InvalidArgumentError, OutputParseError } from '@quiesce/command';
import { scriptedTransport } from '@quiesce/command/testing';
import { recorded, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { createZfs } from '../create-zfs.js';
import { zfsAllowCommand, type ZfsAllowOptions, type ZfsAllowUsersOptions } from './allow.js';
import { parseZfsPermissions, zfsPermissionsCommand, type DatasetPermissions } from './permissions.js';
import { zfsUnallowCommand } from './unallow.js';

const permissions = ['snapshot', '@backup'];

describe('zfsAllowCommand', () => {
  it('builds the defaults', () => {
    expect(zfsAllowCommand({ dataset: 'tank/my vm', users: 'operator', permissions: 'snapshot' })).toEqual({
      file: 'zfs',
      args: ['allow', '-u', 'operator', '--', 'snapshot', 'tank/my vm'],
      effect: 'write',
      stop: 'wait',
    });
  });

  it('builds each kind of grantee', () => {
    const args = (options: ZfsAllowOptions): readonly string[] => zfsAllowCommand(options).args.slice(1, -3);
    const base = { dataset: 'tank', permissions };
    expect(args({ ...base, users: ['a', '4711'], scope: 'local' })).toEqual(['-l', '-u', 'a,4711']);
    expect(args({ ...base, groups: ['a', 'b'], scope: 'descendent' })).toEqual(['-d', '-g', 'a,b']);
    expect(args({ ...base, everyone: true, scope: 'both' })).toEqual(['-e']);
    expect(args({ ...base, createTime: true })).toEqual(['-c']);
    expect(args({ ...base, set: '@backup' })).toEqual(['-s', '@backup']);
    expect(zfsAllowCommand({ ...base, everyone: true }).args.slice(-2)).toEqual(['snapshot,@backup', 'tank']);
  });

  it.each<unknown>([
    { users: 'a,b' },
    { users: '-e' },
    { users: '' },
    { users: [] },
    { users: 'a', groups: 'b' },
    { everyone: false },
    { createTime: true, scope: 'local' },
    { set: 'backup' },
    { users: 'a', permissions: 'a,b' },
    { users: 'a', permissions: [] },
    { users: 'a', dataset: 'tank@1' },
    {},
  ])('refuses %j', (options) => {
    const given: object = { dataset: 'tank', permissions, ...(options as object) };
    expect(() => zfsAllowCommand(given as ZfsAllowUsersOptions)).toThrow(InvalidArgumentError);
  });
});

describe('zfsPermissionsCommand', () => {
  it('builds a read', () => {
    expect(zfsPermissionsCommand({ dataset: 'tank' })).toMatchObject({ args: ['allow', '--', 'tank'], effect: 'read' });
  });
});

describe('zfsUnallowCommand', () => {
  it('builds the defaults, and all options', () => {
    expect(zfsUnallowCommand({ dataset: 'tank', everyone: true })).toEqual({
      file: 'zfs',
      args: ['unallow', '-e', '--', 'tank'],
      effect: 'write',
      stop: 'wait',
    });
    const all = zfsUnallowCommand({ dataset: 'tank', users: 'a', scope: 'local', permissions, recursive: true });
    expect(all.args).toEqual(['unallow', '-r', '-l', '-u', 'a', '--', 'snapshot,@backup', 'tank']);
  });

  it('refuses permissions that are undefined: all would go', () => {
    const options = { dataset: 'tank', users: 'a', permissions: undefined };
    expect(() => zfsUnallowCommand(options as never)).toThrow(/^permissions: /);
  });
});

describe.each(releases('zfs'))('users and groups that the host of %s does not know', (release) => {
  it.each([
    ['identity allow', 'nosuchuser'],
    ['identity allow group', 'nosuchgroup'],
    ['identity unallow', 'nosuchuser'],
  ])('are an error although zfs exits with 0: %s', async (name, identity) => {
    const { exitCode, stderr, stdout } = recorded(release, name);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const zfs = createZfs({ transport: scriptedTransport(() => ({ stdout })) });
    const expected = {
      ...{ name: 'IdentityNotFoundError', identity, exitCode: 0 },
      message: expect.stringMatching(new RegExp(`^zfs: error: invalid (?:user|group) ${identity} \\(`)) as string,
    };
    await expect(zfs.allow({ dataset: 'tank', users: identity, permissions })).rejects.toMatchObject(expected);
    await expect(zfs.unallow({ dataset: 'tank', users: identity })).rejects.toMatchObject(expected);
  });
});

const none = { name: undefined, id: undefined };
const vm = {
  dataset: 'quiesce-zfs/vm',
  sets: { '@backup': ['hold', 'send'] },
  createTime: ['destroy', 'mount'],
  grants: [
    { ...none, to: 'user', name: 'daemon', scope: 'local', permissions: ['hold', 'release'] },
    { ...none, to: 'everyone', scope: 'descendent', permissions: ['load-key'] },
    { ...none, to: 'user', name: 'daemon', scope: 'both', permissions: ['mount', 'snapshot'] },
    { ...none, to: 'user', id: 4711, scope: 'both', permissions: ['@backup', 'diff'] },
    { ...none, to: 'user', name: 'nobody', scope: 'both', permissions: ['mount', 'snapshot'] },
    { ...none, to: 'group', name: 'users', scope: 'both', permissions: ['diff'] },
    { ...none, to: 'group', id: 4712, scope: 'both', permissions: ['diff'] },
    { ...none, to: 'everyone', scope: 'both', permissions: ['userprop'] },
  ],
};

describe.each(releases('zfs'))('parseZfsPermissions on %s', (release) => {
  const read = (name: string): DatasetPermissions[] => parseZfsPermissions(recorded(release, name).stdout);

  it('reads each kind of permission', () => {
    expect(read('permissions')).toEqual([vm]);
    expect(read('permissions nobody')).toEqual([vm]);
  });

  it('reads what was allowed above', () => {
    const quota = { ...none, to: 'user', name: 'nobody', scope: 'both', permissions: ['quota'] };
    expect(read('permissions below')).toEqual([
      { dataset: 'quiesce-zfs/vm/disk', sets: {}, createTime: [], grants: [quota] },
      vm,
    ]);
  });

  it('reads what is left when permissions were taken back', () => {
    const grants = vm.grants.filter(({ name }) => name !== 'nobody');
    expect(read('permissions afterwards')).toEqual([{ ...vm, sets: {}, grants }]);
    expect(read('permissions none')).toEqual([]);
  });
});

describe('parseZfsPermissions', () => {
  it('reads names with blanks, as other sources of users have them', () => {
    const output = '---- Permissions on tank ----\nLocal permissions:\n\tgroup domain users create,mount\n';
    expect(parseZfsPermissions(output)[0]?.grants).toMatchObject([
      { name: 'domain users', permissions: ['create', 'mount'] },
    ]);
  });

  it.each(['\tuser a b\n', '---- Permissions on tank ----\nLocal permissions:\nx\n'])('refuses %j', (output) => {
    expect(() => parseZfsPermissions(output)).toThrow(OutputParseError);
  });
});
