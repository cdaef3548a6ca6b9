import { dryRun, type Transport } from '@quiesce/command';
import { labTransport } from '@quiesce/lab/testing';
import { afterEach, describe, expect, it } from 'vitest';
import {
  BackupFailedError,
  lvmToZfsBackup,
  PreflightError,
  type BackupReport,
  type LvmToZfsBackupOptions,
} from '../../src/index.js';
import { cleanHost, documented, hostState, inLab, isCopy } from './support.js';

const target = '/archives/backups';
const images = `${target}/SSD.images`;
const small = { settleMs: 200, hostRoot: false } as const;
/** One guest, one volume. */
const oneGuest = {
  ...{ ...documented, ...small, domains: ['MySQL'], volumes: ['/dev/SSD/images'] },
} satisfies LvmToZfsBackupOptions;
/** Nobody is paused for it: it has no guest's image on it. */
const noGuests = { ...oneGuest, domains: [], unlistedGuests: 'allow' } satisfies LvmToZfsBackupOptions;

async function backUp(options: LvmToZfsBackupOptions): Promise<BackupReport> {
  return lvmToZfsBackup({ transport: labTransport(), ...options }).run();
}

async function failing(options: LvmToZfsBackupOptions): Promise<BackupReport> {
  const error: unknown = await backUp(options).catch((reason: unknown) => reason);
  if (!BackupFailedError.isInstance(error)) throw new Error(`it did not fail: ${String(error)}`, { cause: error });
  return error.report;
}

async function refused(options: LvmToZfsBackupOptions): Promise<string[]> {
  const error: unknown = await backUp(options).catch((reason: unknown) => reason);
  if (!PreflightError.isInstance(error)) throw new Error(`it was not refused: ${String(error)}`, { cause: error });
  return error.problems.map(({ option, problem }) => `${option}: ${problem}`);
}

const state = (): Promise<string> => inLab('zfs get -H -o value quiesce:state archives/backups');

/** Does something on the host right before a copy begins, after the folder was seen to be in its place. */
const beforeCopy = (script: string): Transport => {
  const real = labTransport();
  return {
    name: real.name,
    start: (command, options) => {
      const { args, file, ...rest } = command;
      const words = ['-c', `{ ${script}; } >&2; exec "$@"`, 'sh', file, ...args];
      return real.start(isCopy(command) ? { ...rest, file: 'sh', args: words } : command, options);
    },
  };
};

afterEach(async () => {
  expect(await hostState()).toEqual(cleanHost);
});

describe('a target', () => {
  it('is refused, and nothing is written, where it is covered or another dataset is mounted there', async () => {
    await inLab(`mount -t tmpfs tmpfs ${target}`);
    try {
      expect(await refused(oneGuest)).toEqual([expect.stringMatching(/^target: .*mounted over it/)]);
      expect(await inLab(`ls -A ${target}`)).toBe('');
    } finally {
      await inLab(`umount ${target}`);
    }
  });

  it('is the dataset itself, wherever that is mounted', async () => {
    await inLab(
      'zfs set -u mountpoint=/elsewhere archives/backups 2>/dev/null || zfs set mountpoint=/elsewhere archives/backups',
    );
    try {
      const mounted = await inLab('awk \'$1 == "archives/backups" { print $2 }\' /proc/mounts');
      const report = await backUp(noGuests);
      expect(report.volumes[0]?.copy?.folder).toBe(`${mounted}/SSD.images`);
      expect(report.complete).toBe(true);
    } finally {
      await inLab('zfs inherit mountpoint archives/backups; zfs mount archives/backups 2>/dev/null; true');
    }
  });

  it.each([
    ['covered by another file system', `mount -t tmpfs tmpfs ${images}`, `umount ${images}`],
    [
      'replaced by a symbolic link',
      `mkdir /root/elsewhere; mv ${images} ${images}.real; ln -s /root/elsewhere ${images}`,
      `rm ${images}; mv ${images}.real ${images}; rm -r /root/elsewhere`,
    ],
    ['covered together with the target', `mount -t tmpfs tmpfs ${target}; mkdir ${images}`, `umount ${target}`],
  ])('is not called complete where the folder of a copy is %s', async (_, before, after) => {
    try {
      const report = await failing({ ...noGuests, transport: beforeCopy(before) });
      expect(report).toMatchObject({ complete: false, volumes: [{ outcome: 'failed', complete: false }] });
    } finally {
      await inLab(after);
    }
    expect(await state()).toBe('incomplete');
  });

  it('is closed to everybody but root, and complete again after a whole run', async () => {
    await inLab(`chmod 0755 ${target}`);
    expect((await backUp(noGuests)).complete).toBe(true);
    expect(await inLab(`stat -c '%a %u' ${target}`)).toBe('700 0');
  });

  it('shows for what it is after it was rolled back', async () => {
    const first = await backUp(noGuests);
    await inLab('zfs snapshot archives/backups@kept');
    const second = await backUp(noGuests);
    await inLab('zfs rollback -r archives/backups@kept');
    const third = await backUp(noGuests);
    expect(third.zfsSnapshot).toMatchObject({ holdsRun: first.runId, holdsCompleteRun: true });
    expect(third.problems).toMatchObject([{ fatal: false, message: expect.stringContaining(second.runId) as string }]);
    const snapshot = third.zfsSnapshot.name;
    expect(await inLab(`zfs get -H -o value quiesce:run,quiesce:state ${snapshot}`)).toBe(`${first.runId}\ncomplete`);
    await inLab('zfs destroy archives/backups@kept');
  });

  it('is complete only if all that is in it is, that of other runs too', async () => {
    const both = { ...noGuests, volumes: ['/dev/SSD/images', '/dev/raid5/VM.images'] };
    const torn = { ...both, transport: beforeCopy('case "$*" in *raid5.VM.images/) exit 9 ;; esac') };
    expect((await failing(torn)).volumes.map(({ complete }) => complete)).toEqual([true, false]);
    const report = await backUp(noGuests);
    expect(report).toMatchObject({ outcome: 'success', complete: false, volumes: [{ complete: true }] });
    expect(report.problems).toMatchObject([
      { fatal: false, message: expect.stringContaining('raid5.VM.images') as string },
    ]);
    expect(await state()).toBe('incomplete');
    expect((await backUp(both)).complete).toBe(true);
    expect(await state()).toBe('complete');
  });
});

describe('a copy', () => {
  const volume = '/srv/SSD/images';
  const sums = (folder: string): Promise<string> => inLab(`cd ${folder} && b2sum link-a link-b link-c`);

  it.each([{ verify: 'none' }, { verify: 'full' }] as const)(
    'has the bytes of files that were linked at the last run and are separate now, with %o',
    async (options) => {
      await inLab(`cd ${volume} && echo 1 >link-a && ln link-a link-b && ln link-a link-c`);
      try {
        await backUp({ ...noGuests, ...options });
        await inLab(`cd ${volume} && echo other >new && mv new link-b && echo 3 >link-a && sync`);
        for (const _ of [1, 2]) {
          await backUp({ ...noGuests, ...options });
          expect(await sums(images)).toBe(await sums(volume));
          expect(await inLab(`cd ${images} && stat -c %h link-a link-b link-c`)).toBe('2\n1\n2');
        }
      } finally {
        await inLab(`rm -f ${volume}/link-*`);
      }
    },
  );

  it('of the host has its ACLs, attributes and capabilities, and the file systems that it boots from', async () => {
    await inLab(
      [
        'mkdir -p /root/host/boot /root/host/data && cd /root/host',
        'truncate -s 16M ../boot.img ../data.img && mkfs.ext4 -q ../boot.img && mkfs.ext4 -q ../data.img',
        'mount ../boot.img boot && mount ../data.img data && echo kernel >boot/vmlinuz && echo data >data/x',
        'echo x >acl && setfattr -n user.note -v kept acl && cp /bin/true able && setcap cap_net_raw+ep able && sync',
      ].join('\n'),
    );
    const hostRoot = { source: '/root/host', folder: 'host', mounts: ['/root/host/boot'] };
    try {
      for (const _ of [1, 2]) {
        const report = await backUp({ ...noGuests, hostRoot });
        expect(report.hostRoot.map(({ folder }) => folder)).toEqual([`${target}/host`, `${target}/host/boot`]);
        expect(report.problems).toMatchObject([
          { fatal: false, message: expect.stringContaining('/root/host/data') as string },
        ]);
        const copy = `cd ${target}/host && cat boot/vmlinuz && ls data && getcap able && getfattr --only-values -n user.note acl`;
        expect(await inLab(copy)).toBe('kernel\nable cap_net_raw=ep\nkept');
      }
      const quiet = { ...hostRoot, exclude: ['/data/'] };
      expect((await backUp({ ...noGuests, hostRoot: quiet })).problems).toEqual([]);
    } finally {
      await inLab(
        `umount /root/host/boot /root/host/data; rm -r /root/host /root/boot.img /root/data.img ${target}/host`,
      );
      await inLab(`rm ${target}/.quiesce/folders/host.json`);
    }
  });

  it('that left something out fails, and what could not be removed is told', async () => {
    await inLab('mkdir -p /root/host/gone && echo x >/root/host/gone/file && echo x >/root/host/kept.log');
    const hostRoot = { source: '/root/host', folder: 'host' };
    try {
      await backUp({ ...noGuests, hostRoot });
      await inLab(`rm -r /root/host/gone && touch ${target}/host/gone/y.log`);
      const report = await backUp({ ...noGuests, hostRoot: { ...hostRoot, exclude: ['*.log'] } });
      expect(report.problems).toMatchObject([
        { fatal: false, message: expect.stringContaining('cannot delete non-empty directory: gone') as string },
      ]);
      const nothing = await failing({ ...noGuests, hostRoot: { ...hostRoot, exclude: ['*'] } });
      expect(nothing.problems).toMatchObject([
        { step: 'host-root', message: expect.stringContaining('nothing of') as string },
      ]);
    } finally {
      await inLab(`rm -r /root/host ${target}/host ${target}/.quiesce/folders/host.json`);
    }
  });
});

describe('a dry run', () => {
  it('goes to its end, changes nothing, and says so', async () => {
    const transport = dryRun(labTransport());
    const before = await inLab('zfs list -H -o name -t all -r archives/backups');
    const report = await backUp({ ...documented, transport });
    expect(report).toMatchObject({ outcome: 'success', dryRun: true, complete: false, problems: [], leftovers: [] });
    expect(report.volumes.map(({ complete }) => complete)).toEqual([false, false]);
    const files = transport.commands.map(({ args, file }) =>
      file === 'lvm' || file === 'zfs' ? `${file} ${args[0] ?? ''}` : file,
    );
    expect(files).toEqual(
      expect.arrayContaining(['lvm lvcreate', 'systemd-run', 'zfs snapshot', 'fsck', 'mount', 'umount']),
    );
    expect(await inLab('zfs list -H -o name -t all -r archives/backups')).toBe(before);
  });
});
