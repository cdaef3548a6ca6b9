import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { dryRun, sshTransport, TransportError, type Command, type Transport } from '@quiesce/command';
import { labSsh, labTransport } from '@quiesce/lab/testing';
import { afterEach, describe, expect, it } from 'vitest';
import {
  BackupFailedError,
  HostBusyError,
  lvmToZfsBackup,
  PreflightError,
  type BackupReport,
  type LvmToZfsBackupOptions,
} from '../../src/index.js';
import { takeHostLock } from '../../src/host-lock.js';
import { brokenTransport } from './faults/broken-transport.js';
import { cleanHost, documented, hostState, inLab, isCopy } from './support.js';
import { watched as watchedTransport } from './watched.js';

/** Runs a backup that must fail, and returns its report. */
async function failing(options: LvmToZfsBackupOptions, signal?: AbortSignal): Promise<BackupReport> {
  const error: unknown = await lvmToZfsBackup(options)
    .run({ signal })
    .then(
      (report) => report,
      (reason: unknown) => reason,
    );
  if (!BackupFailedError.isInstance(error))
    throw new Error(`it did not fail as expected: ${String(error)}`, { cause: error });
  return error.report;
}

async function refused(options: LvmToZfsBackupOptions): Promise<PreflightError> {
  const error: unknown = await lvmToZfsBackup(options)
    .run()
    .catch((reason: unknown) => reason);
  if (!PreflightError.isInstance(error)) throw new Error(`it was not refused: ${String(error)}`, { cause: error });
  return error;
}

const watched = (onStart: (command: Command) => void): Transport => watchedTransport(onStart, labTransport());
// What is copied is compared in other files, and has its checksums kept.
const both = { ...documented, checksums: false, verify: 'none' } as const;
const oneGuest = { ...both, domains: ['MySQL'], volumes: ['/dev/SSD/images'], hostRoot: false } as const;
/** What goes wrong after the pause needs none. */
const noGuest = { ...oneGuest, domains: [], unlistedGuests: 'allow' } as const;
/** A copy of a folder that is not there yet takes long enough to be met while it runs. */
const slowly = { copy: { extraArguments: ['--bwlimit=4M'] } };
const removeCopy = 'rm -rf /archives/backups/SSD.images';
const killHolder = 'kill -KILL "$(sed \'s/.*hostPid":\\([0-9]*\\).*/\\1/\' /run/quiesce/holder)"';
const pretendToRun =
  'echo "{\\"runId\\":\\"1-0a0b0c0d\\",\\"pid\\":1,\\"machine\\":\\"m\\",\\"hostPid\\":1,\\"since\\":1}" >/run/quiesce/holder';
/**
 * Does something when the script of the pause tells of an event, and holds it there for a moment.
 */
const atEvent = (what: string, act: () => void): Transport =>
  brokenTransport(labTransport(), { where: 'event', what, kind: 'link cut' }, act);
const steps = (report: BackupReport): string[] => report.problems.filter(({ fatal }) => fatal).map(({ step }) => step);

afterEach(async () => {
  expect(await hostState()).toEqual(cleanHost);
});

describe('a host that does not fit', () => {
  it('is refused with everything that is wrong, and nothing is touched', async () => {
    const dry = dryRun(labTransport());
    const { problems, message } = await refused({
      ...documented,
      domains: ['Server-Tim', 'nobody', await inLab('virsh domuuid Server-Tim')],
      volumes: ['/dev/SSD/missing', '/dev/nogroup/images', '/dev/raid5/VM.images'],
      target: 'archives/nothing',
      transport: dry,
    });
    expect(problems.map(({ option }) => option)).toEqual([
      ...['domains[1]', 'domains[2]', 'volumes[0]', 'volumes[1]', 'target'],
    ]);
    expect(message).toContain('the same guest as domains[0]');
    expect(message).toContain('nobody');
    expect(message).toContain('it has images');
    // The lock is all that a run takes before it has looked, and a word tells that it is a dry run.
    expect(dry.commands.map(({ args, file }) => args.includes('flock') || file === 'echo')).toEqual([true, true]);
  });

  it('is refused for a target that is not mounted, a degraded pool, and too little room', async () => {
    await inLab(
      [
        'zfs create archives/elsewhere; zfs unmount archives/elsewhere; zpool offline archives virtio-archives-1',
        'lvcreate -qq -y -Wn -Zn -l 100%FREE -n filler SSD',
      ].join('\n'),
    );
    try {
      const { problems } = await refused({ ...oneGuest, target: 'archives/elsewhere', transport: labTransport() });
      expect(problems.map(({ option, problem }) => `${option}: ${problem}`)).toEqual([
        expect.stringMatching(/^snapshotSizeBytes: /),
        expect.stringMatching(/^target: .*DEGRADED/),
        expect.stringMatching(/^target: .*not mounted/),
      ]);
    } finally {
      await inLab(
        [
          'lvremove -qq -y SSD/filler; zpool online archives virtio-archives-1; zfs destroy archives/elsewhere',
          'zpool wait -t resilver archives',
        ].join('\n'),
      );
    }
  });

  it('is refused for a disk of a guest, a name that leaves no room, and a copy that is a dataset of its own', async () => {
    const long = 'a'.repeat(110);
    const disk =
      "<disk type='block' device='disk'><source dev='/dev/SSD/whole'/><target dev='vda' bus='virtio'/></disk>";
    const machine = "<os><type arch='x86_64' machine='q35'>hvm</type></os><memory unit='MiB'>16</memory>";
    await inLab(
      [
        `lvcreate -qq -y -Wn -Zn -L 4m -n whole SSD && lvcreate -qq -y -Wn -Zn -L 4m -n ${long} SSD`,
        'zfs create -p archives/other/SSD.whole',
        'cat >/run/owner.xml <<QUIESCE_END',
        `<domain type='qemu'><name>owner</name>${machine}<devices>${disk}</devices></domain>`,
        'QUIESCE_END',
        'virsh --quiet create --paused /run/owner.xml',
      ].join('\n'),
    );
    try {
      const volumes = ['/dev/SSD/whole', `/dev/SSD/${long}`];
      const target = 'archives/other';
      const { problems } = await refused({ ...oneGuest, target, volumes, transport: labTransport() });
      expect(problems.map(({ option, problem }) => `${option}: ${problem}`)).toEqual([
        expect.stringMatching(/^domains\[0\]: .*\/srv\/SSD\/images\/MySQL\.img/),
        expect.stringMatching(/^volumes\[0\]: .*itself a disk of owner/),
        expect.stringMatching(/^volumes\[1\]: .*holds nothing/),
        expect.stringMatching(/^volumes\[1\]: .*shorter/),
        expect.stringMatching(/^target: .*\/archives\/other\/SSD\.whole is a dataset of its own/),
      ]);
    } finally {
      await inLab(`virsh --quiet destroy owner; lvremove -qq -y SSD/whole SSD/${long}; zfs destroy -r archives/other`);
    }
  });

  it('is busy while another run is under way, and says whose it is', async () => {
    const runId = '1364083186-0a0b0c0d';
    await using _lock = await takeHostLock(labTransport(), runId);
    const error: unknown = await lvmToZfsBackup({ ...oneGuest, transport: labTransport() })
      .run()
      .catch((reason: unknown) => reason);
    if (!HostBusyError.isInstance(error)) throw new Error(`it was not refused: ${String(error)}`, { cause: error });
    expect(error.holder).toMatchObject({ runId, pid: process.pid, since: expect.any(Date) as unknown });
    expect(PreflightError.isInstance(error)).toBe(false);
  });

  it('is an error of the transport where it can not be reached', async () => {
    const transport = sshTransport({ ...labSsh(), port: 1, shareConnection: false });
    await expect(lvmToZfsBackup({ ...documented, transport }).run()).rejects.toSatisfy((error) =>
      TransportError.isInstance(error),
    );
  });
});

describe('a run that fails half-way', () => {
  it('leaves a guest paused that someone else paused, and fails for one that someone else let run', async () => {
    const machine = "<os><type arch='x86_64' machine='q35'>hvm</type></os><memory unit='MiB'>16</memory>";
    const xml = `<domain type='qemu'><name>stranger</name>${machine}</domain>`;
    await inLab(`echo "${xml}" >/run/stranger.xml; virsh --quiet create --paused /run/stranger.xml`);
    let meddled: Promise<string> | undefined;
    const transport = atEvent('flushed 1', () => {
      meddled = inLab('virsh --quiet resume stranger; virsh --quiet suspend MySQL');
    });
    try {
      const domains = ['stranger', 'MySQL', 'Server-Tim'];
      const report = await failing({ ...oneGuest, domains, uncoveredDisks: 'allow', settleMs: 5000, transport });
      await meddled;
      expect(report.domains.map(({ name, suspended, runningAfter }) => [name, suspended, runningAfter])).toEqual([
        ['stranger', false, undefined],
        ['MySQL', false, undefined],
        ['Server-Tim', true, true],
      ]);
      expect(report.problems.map(({ subject, message, fatal }) => [subject, message, fatal])).toEqual(
        expect.arrayContaining([
          ['MySQL', expect.stringContaining('is left so'), false],
          ['stranger', expect.stringContaining('is running, and this run has not resumed it'), true],
          ['stranger', expect.stringContaining('by someone else before the run'), false],
        ]),
      );
      expect(report.volumes[0]).toMatchObject({ outcome: 'failed', copy: undefined });
      expect(await inLab('virsh domstate MySQL')).toBe('paused');
    } finally {
      await inLab('virsh --quiet resume MySQL; virsh --quiet destroy stranger');
    }
  });

  it('names a guest that somebody else left paused, and does not wait for one that hangs and is not listed', async () => {
    await inLab("virsh --quiet suspend MySQL; pkill -STOP -f 'guest=[S]erver-Tim'");
    try {
      const report = await lvmToZfsBackup({ ...oneGuest, transport: labTransport() }).run();
      expect(report.outcome).toBe('success');
      expect(report.problems.map(({ subject, message, fatal }) => [subject, message, fatal])).toEqual([
        ['MySQL', expect.stringContaining('by someone else before the run'), false],
      ]);
      expect(report.domains).toMatchObject([{ suspended: false, runningAfter: undefined }]);
      expect(await inLab('virsh domstate MySQL')).toBe('paused');
    } finally {
      await inLab("pkill -CONT -f 'guest=[S]erver-Tim'; virsh --quiet resume MySQL");
    }
  });

  it('does not take a guest for running that was ended in the pause', async () => {
    const machine = "<os><type arch='x86_64' machine='q35'>hvm</type></os><memory unit='MiB'>16</memory>";
    const xml = `<domain type='qemu'><name>stranger</name>${machine}</domain>`;
    await inLab(`echo "${xml}" >/run/stranger.xml; virsh --quiet create /run/stranger.xml`);
    let destroyed: Promise<string> | undefined;
    const transport = atEvent('suspended 1', () => {
      destroyed = inLab('virsh --quiet destroy stranger');
    });
    const report = await failing({ ...oneGuest, domains: ['MySQL', 'stranger'], transport });
    await destroyed;
    expect(report.domains.map(({ name, suspended, runningAfter }) => [name, suspended, runningAfter])).toEqual([
      ['MySQL', true, true],
      ['stranger', true, false],
    ]);
    expect(report.problems.map(({ subject, message }) => [subject, message])).toContainEqual([
      'stranger',
      expect.stringMatching(/ran before it was paused, and is/),
    ]);
  });

  it('goes on when it lost the lock of the host and got it again', async () => {
    let killed: Promise<string> | undefined;
    const transport = watched((command) => {
      if (isCopy(command)) killed ??= inLab(killHolder);
    });
    await inLab(removeCopy);
    const report = await lvmToZfsBackup({ ...noGuest, ...slowly, transport }).run();
    await killed;
    expect(report.problems.map(({ message, fatal }) => [message, fatal])).toEqual([
      [expect.stringContaining('is back'), false],
    ]);
  });

  it('stops when it loses the lock of the host to another', async () => {
    let killed: Promise<string> | undefined;
    const transport = watched((command) => {
      if (isCopy(command))
        killed ??= inLab(`${killHolder}; flock --wait 10 /run/quiesce sh -c '${pretendToRun}; sleep 15'`);
    });
    await inLab(removeCopy);
    const report = await failing({ ...noGuest, ...slowly, transport });
    await killed;
    expect(report.problems.map(({ message }) => message).join('\n')).toMatch(/the lock of the host was lost/);
    expect(report.volumes[0]).toMatchObject({ outcome: 'failed', snapshotRemoved: true });
    expect(await inLab('zfs get -H -o value quiesce:state archives/backups')).toBe('incomplete');
  });

  it('backs up the other volumes when one can not be mounted', async () => {
    // All but its superblock is gone.
    await inLab(
      [
        'lvcreate -qq -y -Wy -Zy -L 32m -n broken SSD && mke2fs -q -t ext4 -b 4096 /dev/SSD/broken',
        'dd status=none conv=notrunc if=/dev/zero of=/dev/SSD/broken bs=4096 seek=1 count=200',
      ].join(' && '),
    );
    try {
      const volumes = ['/dev/SSD/broken', '/dev/SSD/images'];
      const report = await failing({ ...noGuest, volumes, transport: labTransport() });
      expect(report.volumes.map(({ outcome }) => outcome)).toEqual(['failed', 'success']);
      expect(report).toMatchObject({ outcome: 'failed', leftovers: [] });
      expect(report.problems.map(({ subject }) => subject)).toContain('/dev/SSD/broken');
      expect(await inLab('zfs get -H -o value quiesce:state archives/backups')).toBe('incomplete');
    } finally {
      await inLab('lvremove -qq -y SSD/broken');
    }
  });

  it('cleans up when rsync is killed', async () => {
    const transport = watched((command) => {
      if (isCopy(command)) void delay(1500).then(() => inLab('pkill -KILL -x rsync || true'));
    });
    await inLab(removeCopy);
    const report = await failing({ ...noGuest, ...slowly, transport });
    expect(report.volumes[0]).toMatchObject({ outcome: 'failed', snapshotRemoved: true, copy: { outcome: 'failed' } });
    expect(steps(report)).toContain('copy');
  });

  it('calls a snapshot that filled up a failure, whatever rsync said', async () => {
    let fill: Promise<string> | undefined;
    const transport = watched((command) => {
      if (isCopy(command))
        fill = inLab(
          'dd if=/dev/urandom of=/srv/SSD/images/filler bs=1M count=24 conv=fsync 2>/dev/null; rm /srv/SSD/images/filler',
        );
    });
    await inLab(removeCopy);
    const report = await failing({ ...noGuest, ...slowly, snapshotSizeBytes: 4 * 1024 * 1024, transport });
    await fill;
    expect(report.volumes[0]?.outcome).toBe('failed');
    expect(report.problems.map(({ message }) => message).join()).toContain('filled up');
  });

  it('resumes the guests and cleans up when it is aborted during the pause', async () => {
    const abort = new AbortController();
    const transport = atEvent('snapshotting 0', () => {
      abort.abort();
    });
    const report = await failing({ ...both, transport }, abort.signal);
    expect(report.outcome).toBe('aborted');
    expect(report.domains.every(({ suspended, runningAfter }) => suspended && runningAfter === true)).toBe(true);
    expect(report.volumes.map(({ copy }) => copy)).toEqual([undefined, undefined]);
    expect(report.leftovers).toEqual([]);
  });

  it('cleans up when it is aborted during the copy', async () => {
    const abort = new AbortController();
    const transport = watched((command) => {
      if (isCopy(command))
        void delay(1000).then(() => {
          abort.abort();
        });
    });
    await inLab(removeCopy);
    const report = await failing({ ...noGuest, ...slowly, transport }, abort.signal);
    expect(report).toMatchObject({
      outcome: 'aborted',
      leftovers: [],
      volumes: [{ outcome: 'aborted', snapshotRemoved: true }],
    });
    expect(report.zfsSnapshot.made).toBe(true);
    expect(await inLab('zfs get -H -o value quiesce:state archives/backups')).toBe('incomplete');
  });

  it('resumes a guest that was paused when another could not be', async () => {
    const real = labTransport();
    // The second guest is gone by the time that it is to be paused.
    const transport: Transport = {
      name: real.name,
      start: (command, options) => {
        const stdin = String(command.stdin).replace(/(\nsuspend=\(\n.*\n.*--domain=)[0-9a-f]{8}/, '$100000000');
        return real.start(
          command.file === 'sh' && command.stdin !== undefined ? { ...command, stdin } : command,
          options,
        );
      },
    };
    const report = await failing({ ...both, transport });
    expect(steps(report)[0]).toBe('suspend');
    expect(report.domains.map(({ suspended, runningAfter }) => [suspended, runningAfter])).toEqual([
      [true, true],
      [false, undefined],
    ]);
    // The other one's volume is as good as ever.
    expect(report.volumes.map(({ outcome }) => outcome)).toEqual(['failed', 'success']);
    expect(report.leftovers).toEqual([]);
  });
});
