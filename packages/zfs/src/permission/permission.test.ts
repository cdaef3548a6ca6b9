import { InvalidArgumentError, OutputParseError } from '@quiesce/command';
import { scriptedTransport } from '@quiesce/command/testing';
import { describe, expect, it } from 'vitest';
import { createZfs } from '../create-zfs.js';
import { zfsAllowCommand, type ZfsAllowOptions, type ZfsAllowUsersOptions } from './allow.js';
import { parseZfsPermissions, zfsPermissionsCommand } from './permissions.js';
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

describe('what users and groups the host does not know', () => {
  it('is an error although zfs exits with 0', async () => {
    const stdout = 'Usage:\tallow <filesystem|volume>\n\nzfs: error: invalid user nosuchuser\n';
    const zfs = createZfs({ transport: scriptedTransport(() => ({ stdout })) });
    await expect(zfs.allow({ dataset: 'tank', users: 'nosuchuser', permissions })).rejects.toMatchObject({
      ...{ name: 'IdentityNotFoundError', identity: 'nosuchuser', exitCode: 0 },
      message: expect.stringMatching(/^zfs: error: invalid user nosuchuser \(/) as string,
    });
    await expect(zfs.unallow({ dataset: 'tank', users: 'nosuchuser' })).rejects.toMatchObject({
      name: 'IdentityNotFoundError',
    });
  });
});

describe('parseZfsPermissions', () => {
  it('reads what OpenZFS 2.3 and 2.1 print', () => {
    const output = `---- Permissions on tank/p --------------------------------------
Permission sets:
\t@all @backup,create
\t@backup hold,release,send
Create time permissions:
\tdestroy,mount
Local permissions:
\tuser daemon hold,release
\teveryone diff
Descendent permissions:
\teveryone load-key
Local+Descendent permissions:
\tuser (unknown: 4711) @backup,diff
\tgroup domain users create
\teveryone rollback,userprop
---- Permissions on tank ----------------------------------------
Local+Descendent permissions:
\tuser nobody mount
`;
    const none = { name: undefined, id: undefined };
    expect(parseZfsPermissions(output)).toEqual([
      {
        dataset: 'tank/p',
        sets: { '@all': ['@backup', 'create'], '@backup': ['hold', 'release', 'send'] },
        createTime: ['destroy', 'mount'],
        grants: [
          { ...none, to: 'user', name: 'daemon', scope: 'local', permissions: ['hold', 'release'] },
          { ...none, to: 'everyone', scope: 'local', permissions: ['diff'] },
          { ...none, to: 'everyone', scope: 'descendent', permissions: ['load-key'] },
          { ...none, to: 'user', id: 4711, scope: 'both', permissions: ['@backup', 'diff'] },
          { ...none, to: 'group', name: 'domain users', scope: 'both', permissions: ['create'] },
          { ...none, to: 'everyone', scope: 'both', permissions: ['rollback', 'userprop'] },
        ],
      },
      {
        dataset: 'tank',
        sets: {},
        createTime: [],
        grants: [{ ...none, to: 'user', name: 'nobody', scope: 'both', permissions: ['mount'] }],
      },
    ]);
  });

  it('reads nothing from nothing', () => {
    expect(parseZfsPermissions('')).toEqual([]);
    expect(zfsPermissionsCommand({ dataset: 'tank' })).toMatchObject({ args: ['allow', '--', 'tank'], effect: 'read' });
  });

  it.each(['\tuser a b\n', '---- Permissions on tank ----\nLocal permissions:\nx\n'])('refuses %j', (output) => {
    expect(() => parseZfsPermissions(output)).toThrow(OutputParseError);
  });
});
