import { createCommand, localTransport, SpawnError, type Command, type Transport } from '@quiesce/command';
import { scriptedTransport, type ScriptedReply } from '@quiesce/command/testing';
import { DeviceInUseError } from '@quiesce/zfs';
import { describe, expect, it } from 'vitest';
import { PreflightError } from '../preflight-error.js';
import { createBackupTarget } from './create-backup-target.js';
import { CreateTargetFailedError } from './create-target-failed-error.js';

const target = 'archives/backups';
const mirror = ['/dev/disk/by-id/one', '/dev/disk/by-id/two'];
const right: Readonly<Record<string, string>> = {
  ...{ compression: 'lz4', recordsize: '131072', atime: 'off', xattr: 'sa', acltype: 'posix', canmount: 'on' },
  ...{ readonly: 'off', casesensitivity: 'sensitive', normalization: 'none', utf8only: 'off', type: 'filesystem' },
  mountpoint: '/archives',
};

/** What stat prints of two devices, as it is asked. */
function statRows(args: readonly string[], stdin: string): string {
  const isFormat = args.some((word) => word.includes('%t:%T'));
  return mirror
    .filter((device) => stdin.includes(device))
    .map((device, index) =>
      isFormat ? `5 61b0 8:${String(index * 10)} ${device}\0` : `5:${String(index)} ${device}\0`,
    )
    .join('');
}

/** A host that has a pool and a target, or neither. */
class Host {
  pool: Map<string, string> | undefined;
  dataset: Map<string, string> | undefined;
  release = '2.3.9-1';
  readonly replies = new Map<string, ScriptedReply>();
  readonly written: string[] = [];

  private get(name: string, found: Map<string, string> | undefined, args: readonly string[]): ScriptedReply {
    if (found === undefined) {
      const stderr = args.includes('-Hp') && name.includes('/') ? 'dataset does not exist' : 'no such pool';
      return { exitCode: 1, stderr: `cannot open '${name}': ${stderr}\n` };
    }
    const columns = (args[args.indexOf('-o') + 1] ?? '').split(',');
    const names = (args[args.indexOf('--') + 1] ?? '').split(',');
    const rows = names.map((property) => {
      const told: Record<string, string> = { name, property, source: 'local', value: found.get(property) ?? '-' };
      return `${columns.map((column) => told[column] ?? '').join('\t')}\n`;
    });
    return { stdout: rows.join('') };
  }

  private answer(command: Command): ScriptedReply {
    const { args, effect, file, stdin } = command;
    const line = [file, ...args].join(' ');
    const [, reply] = [...this.replies].find(([words]) => line.startsWith(words)) ?? [];
    if (reply !== undefined) return reply;
    if (effect === 'write') this.written.push(line.replace(/ -.*$/, ''));
    if (file === 'find') return { exitCode: 1 };
    if (file === 'blkid') return { exitCode: 2 };
    if (file === 'virsh') return { error: new SpawnError({ command, code: 'ENOENT' }) };
    if (file === 'xargs') return { stdout: statRows(args, String(stdin)) };
    if (line === 'zfs version') return { stdout: `zfs-${this.release}\nzfs-kmod-${this.release}\n` };
    if (file === 'cat') {
      return { stdout: this.dataset === undefined ? '' : `60 28 0:48 / /${target} rw - zfs ${target} rw\n` };
    }
    if (line.startsWith('zpool get')) return this.get('archives', this.pool, args);
    if (line.startsWith('zfs get')) {
      const name = args.at(-1) ?? '';
      return name === 'archives'
        ? this.get(name, new Map(Object.entries(right)), args)
        : this.get(name, this.dataset, args);
    }
    if (line.startsWith('zpool create') && effect === 'write') this.pool = new Map([['autotrim', 'off']]);
    if (line.startsWith('zfs create')) this.dataset = new Map(Object.entries(right));
    if (line.startsWith('zfs set')) this.dataset?.set(...((args[1] ?? '').split('=') as [string, string]));
    return {};
  }

  reach(): Transport {
    const scripted = scriptedTransport((command) => this.answer(command));
    const hold = 'printf \'%s %s\\n\' "$1" "$EPOCHREALTIME"; exec cat >/dev/null';
    return {
      name: 'fake',
      start: (command, options) => {
        if (!command.args.includes('flock')) return scripted.start(command, options);
        const token = command.args.at(-1) ?? '';
        return localTransport().start(createCommand('bash', ['-c', hold, 'bash', token], { stop: 'kill' }), options);
      },
    };
  }
}

const failure = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'it did not fail',
    (error: unknown) => error,
  );

describe('createBackupTarget', () => {
  it('makes what there is not, and the second time nothing', async () => {
    const host = new Host();
    host.replies.set('zpool status', { stdout: '{"pools":{}}' });
    const recipe = createBackupTarget({ target, mirror, transport: host.reach() });
    expect((await recipe.plan()).toShell()).toBe(
      [
        '#!/bin/sh\nset -e',
        `zpool create -o ashift=12 -o autotrim=off -- archives mirror ${mirror.join(' ')}`,
        'zfs create -p -o casesensitivity=sensitive -o normalization=none -o utf8only=off -o compression=lz4 ' +
          '-o recordsize=131072 -o atime=off -o xattr=sa -o acltype=posix -o canmount=on -o readonly=off -- archives/backups\n',
      ].join('\n'),
    );
    expect(host.written).toEqual([]);
    expect(await recipe.run()).toMatchObject({ made: ['archives', target], folder: `/${target}`, differences: [] });
    expect(await recipe.run()).toMatchObject({ made: [], mended: [], differences: [], outcome: 'success' });
    expect(host.written).toEqual(['zpool create', 'zfs create']);
    expect((await recipe.plan()).commands).toEqual([]);
  });

  it('takes no device that has something on it, and no pool out of nothing', async () => {
    const host = new Host();
    const stderr = `invalid vdev specification\nuse '-f' to override the following errors:\n${mirror[1] ?? ''} contains a filesystem of type 'ext4'\n`;
    host.replies.set('zpool create -n', { exitCode: 1, stderr });
    const error = await failure(createBackupTarget({ target, mirror, transport: host.reach() }).run());
    expect(PreflightError.isInstance(error) && DeviceInUseError.isInstance(error.cause)).toBe(true);
    expect(String(error)).toContain(mirror[1]);
    expect(String(await failure(createBackupTarget({ target, transport: host.reach() }).plan()))).toContain(
      'there is no pool archives: name the devices for it (mirror), or bring it in (zpool import archives)',
    );
    expect(host.written).toEqual([]);
  });

  it('hides no files under a mount', async () => {
    const host = new Host();
    host.replies.set('find /archives/backups', { stdout: 'x' });
    const error = await failure(createBackupTarget({ target, mirror, transport: host.reach() }).plan());
    expect(PreflightError.isInstance(error) && error.problems.map(({ option, value }) => [option, value])).toEqual([
      ['mountpoint', '/archives/backups'],
    ]);
  });

  it('hides no files under a file system that it lies in', async () => {
    const host = new Host();
    host.pool = new Map([['autotrim', 'off']]);
    host.replies.set('zpool status', { stdout: '{"pools":{}}' });
    host.replies.set('find /archives/site -', { stdout: 'x' });
    const nested = { target: 'archives/site/more/backups', transport: host.reach() };
    const error = await failure(createBackupTarget(nested).plan());
    expect(PreflightError.isInstance(error) && error.problems.map(({ value }) => value)).toEqual(['/archives/site']);
    const elsewhere = await failure(createBackupTarget({ ...nested, mountpoint: '/srv/free' }).plan());
    expect(PreflightError.isInstance(elsewhere)).toBe(true);
  });

  it('hides no files where it moves a target, or mounts it', async () => {
    const host = new Host();
    host.pool = new Map([['autotrim', 'off']]);
    host.dataset = new Map(Object.entries({ ...right, mountpoint: `/${target}` }));
    host.replies.set('zpool status', { stdout: '{"pools":{}}' });
    host.replies.set('find /srv/data', { stdout: 'x' });
    const moving = { target, mountpoint: '/srv/data', transport: host.reach() };
    expect((await createBackupTarget(moving).plan()).commands).toEqual([]);
    const error = await failure(createBackupTarget({ ...moving, mend: true }).run());
    expect(PreflightError.isInstance(error) && error.message).toContain('"/srv/data": is not empty');
    host.replies.set('cat /proc', { stdout: '' });
    host.replies.set(`find /${target}`, { stdout: 'x' });
    const mounting = await failure(createBackupTarget({ target, transport: host.reach() }).run());
    expect(PreflightError.isInstance(mounting) && mounting.message).toContain(`"/${target}": is not empty`);
    expect(host.written).toEqual([]);
  });

  it('sets what differs only when told so, and names what it can not set', async () => {
    const host = new Host();
    host.replies.set('zpool status', { stdout: '{"pools":{}}' });
    host.pool = new Map([['autotrim', 'off']]);
    host.dataset = new Map(Object.entries({ ...right, atime: 'on', utf8only: 'on' }));
    const error = await failure(createBackupTarget({ target, transport: host.reach() }).run());
    if (!CreateTargetFailedError.isInstance(error)) throw new Error('it did not fail', { cause: error });
    expect(error.report.differences).toEqual([
      { object: target, property: 'atime', value: 'on', wanted: 'off', canBeMended: true },
      { object: target, property: 'utf8only', value: 'on', wanted: 'off', canBeMended: false },
    ]);
    expect(host.written).toEqual([]);
    const mending = await failure(createBackupTarget({ target, mend: true, transport: host.reach() }).run());
    if (!CreateTargetFailedError.isInstance(mending)) throw new Error('it did not fail', { cause: mending });
    expect(mending.report.mended.map(({ property }) => property)).toEqual(['atime']);
    expect(mending.message).toContain('its utf8only is on and not off: that can only be given when a dataset is made');
    expect(host.written).toEqual([`zfs set atime=off ${target}`]);
  });

  // Values that `zfs get` prints after xattr=sa, and after xattr=dir, on each release.
  it.each([
    ['2.1.11', { xattr: 'sa', acltype: 'posix' }, []],
    ['2.1.11', { xattr: 'on', acltype: 'posix' }, ['xattr dir']],
    ['2.3.9', { xattr: 'on', acltype: 'posixacl' }, []],
    ['2.3.9', { xattr: 'dir', acltype: 'nfsv4' }, ['xattr dir', 'acltype nfsv4']],
  ])('knows what %s calls %j', async (release, properties, differences) => {
    const host = new Host();
    host.release = release;
    host.replies.set('zpool status', { stdout: '{"pools":{}}' });
    host.pool = new Map([['autotrim', 'off']]);
    host.dataset = new Map(Object.entries({ ...right, ...properties }));
    const result = await createBackupTarget({ target, transport: host.reach() })
      .run()
      .catch((error: unknown) => {
        if (!CreateTargetFailedError.isInstance(error)) throw error;
        return error.report;
      });
    expect(result.differences.map(({ property, value }) => `${property} ${value}`)).toEqual(differences);
  });
});
