import { AbortedError, createCommand, SpawnError, TimeoutError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { createClients } from '../../clients.js';
import { PreflightError } from '../../preflight-error.js';
import type { LvmToZfsBackupOptions } from '../options/options.js';
import { resolveOptions } from '../options/resolve-options.js';
import { goodHost, reach, type FakeHost } from './testing/fake-host.js';
import type { HostFacts } from './host-facts.js';
import { preflight } from './preflight.js';

const good = {
  domains: ['Server-Tim', 'MySQL'],
  volumes: ['/dev/SSD/images', '/dev/raid5/VM.images'],
  target: 'archives/backups',
};
const run = { runId: '1364083186-0badf00d', epochSeconds: 1_364_083_186, signal: undefined };

async function look(host: FakeHost, changed: Partial<LvmToZfsBackupOptions> = {}): Promise<HostFacts> {
  const transport = reach(host);
  const options = resolveOptions({ ...good, ...changed, transport });
  return preflight(options, createClients({ transport }), { ...run, transport });
}

/** Every reason not to begin, as `option value: problem`. */
async function refused(host: FakeHost, changed: Partial<LvmToZfsBackupOptions> = {}): Promise<string[]> {
  const error: unknown = await look(host, changed).catch((reason: unknown) => reason);
  if (!PreflightError.isInstance(error)) throw error;
  return error.problems.map(({ option, problem, value }) => `${option} ${value}: ${problem}`);
}

const guest = (name: string, disks: readonly string[], state = 'running'): FakeHost['guests'][number] => {
  return { name, uuid: '00000000-0000-4000-8000-00000000000a', state, disks };
};

describe('preflight', () => {
  it('finds nothing to mend on a good host, and tells what lies where', async () => {
    const { disksOn, volumes, warnings } = await look(goodHost());
    expect([...disksOn.values()]).toEqual([[1], [0]]);
    expect(volumes.map(({ fileSystem, isChecked }) => [fileSystem, isChecked])).toEqual([
      ['ext4', true],
      ['ext4', true],
    ]);
    expect(warnings).toEqual([]);
  });

  it('asks for the disks of all guests by as few commands as for those of one', async () => {
    const host = goodHost();
    const many = { ...host, guests: [...host.guests, guest('Other', ['/a.img', '/b.img', '/c.img'])] };
    const count = async (one: FakeHost): Promise<number> => {
      const transport = reach(one);
      const options = resolveOptions({ ...good, transport });
      await preflight(options, createClients({ transport }), { ...run, transport });
      return transport.commands.length;
    };
    expect((await count(many)) - (await count(host))).toBe(1);
  });

  it('throws an abort as it is', async () => {
    const host = goodHost();
    const error = new AbortedError({ command: createCommand('lvm', ['vgs']), stillRunning: false });
    host.replies.set('lvm vgs', { error });
    await expect(look(host)).rejects.toBe(error);
  });
});

describe('guests and volumes', () => {
  it('must cover each other', async () => {
    const host = goodHost();
    host.guests[1] = { ...guest('MySQL', ['/srv/SSD/images/MySQL.img', '/var/lib/other.img', '/gone.img', 'nbd']) };
    expect(await refused(host)).toEqual([
      'domains[1] MySQL: it has disks on none of the volumes, which would be in no backup: /var/lib/other.img, /gone.img, ' +
        'which is not there, a disk whose definition names no file and no device (network): give the volumes that they lie on too, ' +
        "or run with uncoveredDisks: 'allow'",
    ]);
    const { disksOn } = await look(host, { uncoveredDisks: 'allow' });
    expect([...disksOn.values()]).toEqual([[1], [0, 1]]);
  });

  it.each(['running', 'paused'])('take no guest for still that is %s and not listed', async (state) => {
    const host = goodHost();
    host.guests.push(guest('Other', ['/srv/SSD/images/MySQL.img'], state));
    expect(await refused(host)).toEqual([
      'domains Other: it runs or is paused, has /srv/SSD/images/MySQL.img on /dev/SSD/images, and is not in the list: ' +
        "list it, or run with unlistedGuests: 'allow'",
    ]);
    await expect(look(host, { unlistedGuests: 'allow' })).resolves.toBeDefined();
  });

  it('have no quarrel with an unlisted guest that is off, or lies elsewhere', async () => {
    const host = goodHost();
    host.guests.push(guest('Off', ['/srv/SSD/images/MySQL.img'], 'shut off'));
    host.guests.push({ ...guest('Else', ['/var/lib/other.img', 'nbd']), uuid: '00000000-0000-4000-8000-00000000000b' });
    await expect(look(host)).resolves.toBeDefined();
  });

  it.each([
    ['by another name, even of a guest that is off', '/dev/disk/by-id/dm-uuid-LVM-x', '5 61b0 fc:3'],
    ['by a partition on it', '/dev/mapper/SSD-images1', '5 61b0 fc:1e'],
  ])('are told apart from disks %s', async (_, disk, numbers) => {
    const host = goodHost();
    host.files.set(disk, numbers);
    host.guests.push(guest('Owner', [disk], 'shut off'));
    expect(await refused(host)).toEqual([
      expect.stringMatching(/^volumes\[0\] \/dev\/SSD\/images: it is itself a disk of Owner/),
    ]);
  });

  it('wait for no server that the disks of other guests lie on', async () => {
    const host = goodHost();
    host.guests.push(guest('Other', ['/mnt/dead/other.img']));
    const transport = reach(host);
    const options = resolveOptions({ ...good, transport });
    const hung = {
      ...transport,
      start: (...[command, call]: Parameters<typeof transport.start>) => {
        const isHung = typeof command.stdin === 'string' && command.stdin.includes('/mnt/dead');
        if (isHung) {
          host.replies.set('xargs', { error: new TimeoutError({ command, timeoutMs: 60_000, stillRunning: true }) });
        }
        const started = transport.start(command, call);
        host.replies.delete('xargs');
        return started;
      },
    };
    const { warnings } = await preflight(options, createClients({ transport }), { ...run, transport: hung });
    expect(warnings).toEqual([
      { subject: 'domains', message: expect.stringContaining('it is not known whether') as string },
    ]);
  });
});

describe('a volume', () => {
  const withAttributes = (attributes: string, more = {}): FakeHost => {
    const host = goodHost();
    const [row] = host.volumes.get('SSD') ?? [];
    host.volumes.set('SSD', [{ ...row, lv_attr: attributes, ...more }]);
    return host;
  };

  it.each([
    ['is a thin pool', 'twi-aotz--', /it is a thin-pool: give a volume in it/],
    ['is a snapshot', 'swi-a-s---', /it is itself a snapshot, of another volume/],
    ['is merged into', 'Owi-aos---', /is being merged/],
    ['is merged', 'Swi-aos---', /is being merged/],
    ['is of LVM itself', 'ewi-aom---', /LVM's own use \(metadata\)/],
    ['is not active', '-wi-------', /it is not active: lvchange --activate y SSD\/images/],
    ['is suspended', '-wi-so----', /it is suspended/],
  ])('that %s is refused', async (_, attributes, said) => {
    expect(await refused(withAttributes(attributes))).toEqual([expect.stringMatching(said)]);
  });

  it('that is not active hides nothing else, and its guests are not called uncovered', async () => {
    const host = withAttributes('-wi-------');
    host.files.delete('/dev/SSD/images');
    host.contents.delete('/dev/SSD/images');
    expect(await refused(host)).toEqual([expect.stringContaining('lvchange')]);
  });

  it('must hold a file system', async () => {
    const host = goodHost();
    host.contents.set('/dev/SSD/images', 'TYPE=crypto_LUKS\nUSAGE=crypto\n');
    host.contents.delete('/dev/raid5/VM.images');
    expect(await refused(host)).toEqual([
      expect.stringMatching(/^volumes\[0\] .*encrypted \(crypto_LUKS\)/),
      expect.stringMatching(/^volumes\[1\] .*holds nothing/),
    ]);
  });

  it('is looked at again where it seems to hold nothing', async () => {
    const host = goodHost();
    const transport = reach(host);
    host.replies.set('blkid -p -o export -- /dev/SSD/images', { exitCode: 2 });
    const started = {
      ...transport,
      start: (...[command, call]: Parameters<typeof transport.start>) => {
        const running = transport.start(command, call);
        if (command.file === 'blkid') host.replies.clear();
        return running;
      },
    };
    const options = resolveOptions({ ...good, transport });
    const { volumes } = await preflight(options, createClients({ transport }), { ...run, transport: started });
    expect(volumes.map(({ fileSystem }) => fileSystem)).toEqual(['ext4', 'ext4']);
  });

  it('with an xfs is not checked, and needs nothing that checks', async () => {
    const host = goodHost();
    for (const device of good.volumes) host.contents.set(device, 'TYPE=xfs\nUSAGE=filesystem\n');
    host.programs = host.programs.filter((program) => !program.startsWith('fsck'));
    const { volumes } = await look(host);
    expect(volumes.map(({ fileSystem, isChecked }) => [fileSystem, isChecked])).toEqual([
      ['xfs', false],
      ['xfs', false],
    ]);
  });

  it("must not be newer than the host's e2fsck", async () => {
    const host = goodHost();
    const stdout = 'Filesystem features:      has_journal FEATURE_C12 extent\n';
    host.replies.set('dumpe2fs -h /dev/SSD/images', { stdout });
    expect(await refused(host)).toEqual([
      "volumes[0] /dev/SSD/images: its file system is newer than the host's e2fsck (FEATURE_C12), which would refuse to check it: get a newer version of e2fsprogs",
    ]);
    const stderr = 'dumpe2fs: Filesystem has unsupported feature(s) while trying to open /dev/SSD/images\n';
    host.replies.set('dumpe2fs -h /dev/SSD/images', { exitCode: 67, stderr });
    expect(await refused(host)).toEqual([expect.stringContaining('newer version of e2fsprogs')]);
  });
});

describe("a volume's journal", () => {
  it('must be in its snapshot', async () => {
    const host = goodHost();
    const stdout = 'Filesystem features:      has_journal extent\nJournal device:           0x0700\n';
    host.replies.set('dumpe2fs -h /dev/SSD/images', { stdout });
    expect(await refused(host)).toEqual([
      expect.stringMatching(/^volumes\[0\] \/dev\/SSD\/images: its file system keeps its journal on another device/),
    ]);
  });
});

describe("the host's own files", () => {
  it('must be there', async () => {
    const host = goodHost();
    host.files.delete('/');
    expect(await refused(host)).toEqual(['hostRoot.source /: the host has no such folder']);
  });
});

describe('a group', () => {
  it('is asked for alone: what is wrong with another stops nothing', async () => {
    const transport = reach(goodHost());
    const options = resolveOptions({ ...good, transport });
    await preflight(options, createClients({ transport }), { ...run, transport });
    const asked = transport.commands.filter(({ file }) => file === 'lvm').map(({ args }) => [args[0], args.at(-1)]);
    expect(asked.sort()).toEqual([
      ['lvs', 'SSD'],
      ['lvs', 'raid5'],
      ['vgs', 'SSD'],
      ['vgs', 'raid5'],
    ]);
  });

  it('that is not there is named, and what the host has is looked at all the same', async () => {
    const host = goodHost();
    host.groups.delete('SSD');
    host.volumes.delete('SSD');
    host.contents.delete('/dev/raid5/VM.images');
    expect(await refused(host)).toEqual([
      'volumes[0] /dev/SSD/images: the host has no volume group SSD',
      expect.stringMatching(/^volumes\[1\] .*holds nothing/),
    ]);
  });

  it('must be the only one of its name', async () => {
    const host = goodHost();
    const [row = {}] = host.groups.get('SSD') ?? [];
    host.groups.set('SSD', [
      { ...row, vg_free_count: '10' },
      { ...row, vg_uuid: 'aaaaaa-bbbb', vg_free: '0' },
    ]);
    const said =
      'volumes[0] /dev/SSD/images: the host has several volume groups SSD (TXivUI-3nMe-Otev-o900-Qvjb-M3Fd-VAbHwJ and aaaaaa-bbbb): rename all but one (vgrename UUID NAME)';
    expect(await refused(host)).toEqual([said]);
    const stderr =
      '  WARNING: VG name SSD is used by VGs TXivUI-3nMe-Otev-o900-Qvjb-M3Fd-VAbHwJ and aaaaaa-bbbb.\n' +
      '  Fix duplicate VG names with vgrename uuid, a device filter, or system IDs.\n' +
      '  Multiple VGs found with the same name: skipping SSD\n  Use --select vg_uuid=<uuid> in place of the VG name.\n';
    host.replies.set('lvm vgs', { exitCode: 5, stderr });
    host.replies.set('lvm lvs', { exitCode: 5, stderr });
    expect((await refused(host))[0]).toBe(said);
  });

  it('that LVM fails with is a problem of its volume, beside all others', async () => {
    const host = goodHost();
    host.properties.set('readonly', 'on');
    host.replies.set('lvm vgs', { exitCode: 5, stderr: '  Something else.\n' });
    expect(await refused(host, { volumes: ['/dev/SSD/images'], uncoveredDisks: 'allow' })).toEqual([
      expect.stringMatching(/^volumes\[0\] .*Something else/),
      expect.stringMatching(/^target .*readonly=off/),
    ]);
  });
});

describe('programs', () => {
  it('that are missing are named with their packages, once', async () => {
    const host = goodHost();
    host.programs = host.programs.filter((program) => !['blkid', 'dumpe2fs', 'xargs', 'flock'].includes(program));
    for (const file of ['blkid', 'xargs', 'dumpe2fs']) {
      host.replies.set(`${file} -`, { error: new SpawnError({ command: createCommand(file, []), code: 'ENOENT' }) });
    }
    expect(await refused(host)).toEqual([
      'transport scripted: it has no blkid: install its package, which Debian calls util-linux',
      'transport scripted: it has no flock: install its package, which Debian calls util-linux',
      'transport scripted: it has no xargs: install its package, which Debian calls findutils',
    ]);
  });
});

describe('the target', () => {
  const withProperty = (property: string, value: string): FakeHost => {
    const host = goodHost();
    host.properties.set(property, value);
    return host;
  };

  it.each([
    ['readonly', 'on', 'zfs set readonly=off archives/backups'],
    ['casesensitivity', 'insensitive', 'make another (zfs create -o casesensitivity=sensitive)'],
    ['normalization', 'formD', 'make another (zfs create -o normalization=none)'],
    ['utf8only', 'on', 'make another (zfs create -o utf8only=off)'],
    ['acltype', 'off', 'zfs set acltype=posix archives/backups'],
    ['acltype', 'nfsv4', 'zfs set acltype=posix archives/backups'],
    ['xattr', 'off', 'zfs set xattr=sa archives/backups'],
  ])('is refused for %s=%s', async (property, value, said) => {
    expect(await refused(withProperty(property, value))).toEqual([expect.stringContaining(said)]);
  });

  it("keeps images without ACLs, where the host's files are left out", async () => {
    await expect(look(withProperty('acltype', 'off'), { hostRoot: false })).resolves.toBeDefined();
  });

  it('is refused where next to nothing is left, with what limits it', async () => {
    const host = withProperty('quota', '1073741824');
    host.dataset.available = '67108863';
    expect(await refused(host)).toEqual([
      'target archives/backups: it has 67108863 bytes left (quota of archives/backups: 1073741824 bytes): make room, or give it more',
    ]);
    host.dataset.available = '67108864';
    await expect(look(host)).resolves.toBeDefined();
  });

  it.each<[string, Partial<FakeHost['dataset']>, Record<string, string>, string]>([
    [
      'legacy and not mounted',
      { mountpoint: 'legacy', mounted: 'no' },
      {},
      'its mount point is legacy: mount -t zfs archives/backups /FOLDER',
    ],
    ['covered', {}, {}, 'something else is mounted over it'],
    [
      'none',
      { mountpoint: 'none', mounted: 'no' },
      {},
      'it has no mount point: zfs set mountpoint=/FOLDER archives/backups',
    ],
    [
      'locked',
      { mounted: 'no' },
      { keystatus: 'unavailable', encryptionroot: 'archives' },
      'zfs load-key archives, then zfs mount archives/backups',
    ],
    ['not to be mounted', { mounted: 'no' }, { canmount: 'off' }, 'zfs set canmount=on archives/backups'],
    ['not mounted', { mounted: 'no' }, {}, 'it is not mounted: zfs mount archives/backups'],
  ])('is refused where it is %s, with what helps', async (_, dataset, properties, said) => {
    const host = goodHost();
    Object.assign(host.dataset, dataset);
    host.mounts = host.mounts.slice(0, 1);
    for (const [property, value] of Object.entries(properties)) host.properties.set(property, value);
    expect(await refused(host)).toEqual([expect.stringContaining(said)]);
  });

  it('needs a name that leaves room for that of its snapshot', async () => {
    const target = `archives/${'x'.repeat(232)}`;
    const host = goodHost();
    host.mounts = host.mounts.map((line) => line.replace(' zfs archives/backups', ` zfs ${target}`));
    const changed = { target, zfsSnapshotPrefix: 'dai', hostRoot: false, epochSeconds: run.epochSeconds } as const;
    expect(await refused(host, changed)).toEqual([expect.stringContaining('would have 256 bytes, and ZFS takes 255')]);
  });

  it('may have a legacy mount point: its folder is where the kernel has it', async () => {
    const host = goodHost();
    Object.assign(host.dataset, { mountpoint: 'legacy' });
    host.mounts = host.mounts.map((line) => line.replace('/archives/backups', '/srv/b'));
    expect((await look(host)).targetFolder).toBe('/srv/b');
  });
});

describe('the pool', () => {
  const status = (errors: string): string =>
    JSON.stringify({
      output_version: { command: 'zpool status', vers_major: 0, vers_minor: 1 },
      pools: { archives: { name: 'archives', state: 'ONLINE', pool_guid: '111', vdevs: {}, error_count: errors } },
    });

  it('with damaged files is worth a word, and no more', async () => {
    const host = goodHost();
    host.replies.set('zpool status', { stdout: status('0') });
    expect((await look(host)).warnings).toEqual([]);
    host.replies.set('zpool status', { stdout: status('3') });
    expect((await look(host)).warnings).toEqual([
      {
        subject: 'archives',
        message:
          'the pool archives has data errors (3): see which files are damaged (zpool status -v archives), and restore or remove them',
      },
    ]);
  });

  it('whose health can not be read stops nothing', async () => {
    const host = goodHost();
    host.replies.set('zpool status', { exitCode: 1, stderr: 'internal error\n' });
    expect((await look(host)).warnings).toMatchObject([{ subject: 'archives' }]);
  });
});
