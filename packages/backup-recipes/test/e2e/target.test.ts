import { dryRun, type Transport } from '@quiesce/command';
import { labTransport } from '@quiesce/lab/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  BackupFailedError,
  lvmToZfsBackup,
  PreflightError,
  type BackupReport,
  type LvmToZfsBackupOptions,
} from '../../src/index.js';
import { cleanHost, documented, hostState, inLab, isCopy } from './support.js';

const target = '/archives/backups';
const images = `${target}/SSD.small`;
const volume = '/srv/small';
/** A small volume of its own, which no guest has an image on. */
const small = {
  ...{ domains: [], volumes: ['/dev/SSD/small'], target: 'archives/backups', hostRoot: false },
} satisfies LvmToZfsBackupOptions;

beforeAll(async () => {
  await inLab(
    `lvcreate -qq -y -Wn -Zn -L 32m -n small SSD && mkfs.ext4 -q /dev/SSD/small && mkdir -p ${volume} && mount /dev/SSD/small ${volume} && echo 1 >${volume}/image`,
  );
});

afterAll(async () => {
  await inLab(
    `umount ${volume}; lvremove -qq -y SSD/small; rm -rf ${images} ${target}/.quiesce/folders/SSD.small.json`,
  );
});

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

/**
 * Does something on the host right before a copy begins, after the folder was seen to be in its
 * place.
 */
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
  expect(await hostState()).toEqual({ ...cleanHost, volumes: 'SSD/images\nSSD/small\nraid5/VM.images' });
});

describe('a target', () => {
  it('is refused, and nothing is written, where it is covered or another dataset is mounted there', async () => {
    await inLab(`mount -t tmpfs tmpfs ${target}`);
    try {
      expect(await refused(small)).toEqual([expect.stringMatching(/^target: .*mounted over it/)]);
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
      const report = await backUp(small);
      expect(report.volumes[0]?.copy?.folder).toBe(`${mounted}/SSD.small`);
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
      const report = await failing({ ...small, transport: beforeCopy(before) });
      expect(report).toMatchObject({ complete: false, volumes: [{ outcome: 'failed', complete: false }] });
    } finally {
      await inLab(after);
    }
    expect(await state()).toBe('incomplete');
  });

  it('is closed to everybody but root, and shows for what it is after it was rolled back', async () => {
    await inLab(`chmod 0755 ${target}`);
    const first = await backUp(small);
    expect(first.complete).toBe(true);
    expect(await inLab(`stat -c '%a %u' ${target}`)).toBe('700 0');
    await inLab('zfs snapshot archives/backups@kept');
    const second = await backUp(small);
    await inLab('zfs rollback -r archives/backups@kept');
    const third = await backUp(small);
    expect(third.zfsSnapshot).toMatchObject({ holdsRun: first.runId, holdsCompleteRun: true });
    expect(third.problems).toMatchObject([{ fatal: false, message: expect.stringContaining(second.runId) as string }]);
    const snapshot = third.zfsSnapshot.name;
    expect(await inLab(`zfs get -H -o value quiesce:run,quiesce:state ${snapshot}`)).toBe(`${first.runId}\ncomplete`);
    await inLab('zfs destroy archives/backups@kept');
  });

  it('is complete only if all that is in it is, that of other runs too', async () => {
    const hostRoot = { source: '/etc/default', folder: 'etc' };
    const torn = { ...small, hostRoot, transport: beforeCopy('case "$*" in *backups/etc/) exit 9 ;; esac') };
    const failed = await failing(torn);
    expect([failed.complete, failed.volumes[0]?.complete]).toEqual([false, true]);
    const report = await backUp(small);
    expect(report).toMatchObject({ outcome: 'success', complete: false, volumes: [{ complete: true }] });
    expect(report.problems).toMatchObject([
      { fatal: false, message: expect.stringMatching(/incomplete.*: etc$/) as string },
    ]);
    expect(await state()).toBe('incomplete');
    await inLab(`rm -r ${target}/etc; mkdir ${target}/of-another-tool`);
    const beside = await backUp(small);
    await inLab(`rmdir ${target}/of-another-tool`);
    expect(beside.problems).toMatchObject([
      { fatal: false, message: expect.stringMatching(/no run .* wrote.*: of-another-tool$/) as string },
    ]);
    expect(beside.complete).toBe(true);
    expect(await state()).toBe('complete');
  });
});

describe('a copy', () => {
  it('has the bytes of files that were linked at the last run and are separate now', async () => {
    await inLab(`cd ${volume} && echo 1 >link-a && ln link-a link-b && ln link-a link-c`);
    await backUp(small);
    await inLab(`cd ${volume} && echo other >new && mv new link-b && echo 3 >link-a && sync`);
    const report = await backUp({ ...small, verify: 'full' });
    expect(report.volumes[0]?.verification).toMatchObject({ kind: 'full', differences: 0 });
    const sums = (folder: string): Promise<string> => inLab(`cd ${folder} && b2sum link-a link-b link-c`);
    expect(await sums(images)).toBe(await sums(volume));
    expect(await inLab(`cd ${images} && stat -c %h link-a link-b link-c`)).toBe('2\n1\n2');
  });

  it('is a failure where it is not what was frozen', async () => {
    await inLab(`head -c 100000 /dev/urandom >${volume}/image && sync`);
    const wrong = `echo x | dd status=none conv=notrunc of=${images}/image seek=90000 bs=1`;
    const real = labTransport();
    const transport: Transport = {
      name: real.name,
      start: (command, options) => {
        const isVerify = command.args.some((word) => word.endsWith('verify.scope'));
        const words = ['-c', `${wrong}; exec "$@"`, 'sh', command.file, ...command.args];
        return real.start(isVerify ? { ...command, file: 'sh', args: words } : command, options);
      },
    };
    const report = await failing({ ...small, transport });
    expect(report).toMatchObject({
      complete: false,
      volumes: [{ complete: false, verification: { kind: 'sampled', differences: 1, different: ['image'] } }],
    });
  });

  it('of the host is made again where a log became shorter while it was read', async () => {
    await inLab('mkdir /root/logs && head -c 12000000 /dev/urandom >/root/logs/app.log');
    const cut =
      'case "$*" in *again.scope*) ;; *backups/logs/) (sleep 2; truncate -s 1000 /root/logs/app.log) & ;; esac';
    const real = beforeCopy(cut);
    let copies = 0;
    const transport: Transport = {
      name: real.name,
      start: (command, options) => {
        if (isCopy(command) && command.args.includes(`${target}/logs/`)) copies += 1;
        return real.start(command, options);
      },
    };
    try {
      const report = await backUp({
        ...small,
        ...{ transport, hostRoot: { source: '/root/logs', folder: 'logs' } },
        copy: { extraArguments: ['--bwlimit=2000'] },
      });
      expect([report.outcome, report.complete, report.problems, copies]).toEqual(['success', true, [], 2]);
      expect(await inLab(`cmp /root/logs/app.log ${target}/logs/app.log && stat -c %s ${target}/logs/app.log`)).toBe(
        '1000',
      );
    } finally {
      await inLab(`rm -rf /root/logs ${target}/logs ${target}/.quiesce/folders/logs.json`);
    }
  });

  it('of the host has its ACLs, attributes and capabilities, and the file systems that it boots from', async () => {
    await inLab(
      [
        'mkdir -p /root/host/boot /root/host/data /root/host/gone && cd /root/host',
        'truncate -s 16M ../boot.img ../data.img && mkfs.ext4 -q ../boot.img && mkfs.ext4 -q ../data.img',
        'mount ../boot.img boot && mount ../data.img data && echo kernel >boot/vmlinuz && echo data >data/x',
        'cp /bin/true able && setcap cap_net_raw+ep able && echo x >kept.log && echo x >gone/file',
        'echo x >acl && setfattr -n user.note -v kept acl && setfacl -m u:daemon:r acl && sync',
      ].join('\n'),
    );
    const hostRoot = { source: '/root/host', folder: 'host', mounts: ['/root/host/boot'] };
    try {
      const report = await backUp({ ...small, hostRoot });
      expect(report.hostRoot.map(({ folder }) => folder)).toEqual([`${target}/host`, `${target}/host/boot`]);
      expect(report.problems).toMatchObject([
        { fatal: false, message: expect.stringContaining('/root/host/data') as string },
      ]);

      // What is left out stays in the copy, and keeps a folder that is gone.
      await inLab(`rm -r /root/host/gone && touch ${target}/host/gone/y.log`);
      const again = await backUp({ ...small, hostRoot: { ...hostRoot, exclude: ['/data/', '*.log'] } });
      expect(again.problems).toMatchObject([
        { fatal: false, message: expect.stringContaining('cannot delete non-empty directory: gone') as string },
      ]);
      const copy = `cd ${target}/host && cat boot/vmlinuz && ls data && getcap able && getfattr --only-values -n user.note acl && echo && getfacl -cp acl | grep daemon`;
      expect(await inLab(copy)).toBe('kernel\nable cap_net_raw=ep\nkept\nuser:daemon:r--');

      const nothing = await failing({ ...small, hostRoot: { ...hostRoot, exclude: ['*'] } });
      expect(nothing.problems.filter(({ fatal }) => fatal)).toMatchObject([
        { step: 'host-root', message: expect.stringContaining('nothing of /root/host was copied') as string },
      ]);
    } finally {
      await inLab(
        `umount /root/host/boot /root/host/data; rm -r /root/host /root/boot.img /root/data.img ${target}/host; rm ${target}/.quiesce/folders/host.json`,
      );
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
