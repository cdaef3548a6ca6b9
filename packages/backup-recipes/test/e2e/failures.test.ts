import { setTimeout as delay } from 'node:timers/promises';
import { dryRun, recording, sshTransport, TransportError, type Command, type Transport } from '@quiesce/command';
import { labSsh, labTransport } from '@quiesce/lab/testing';
import { afterEach, describe, expect, it } from 'vitest';
import {
  BackupFailedError,
  lvmToZfsBackup,
  PreflightError,
  type BackupReport,
  type LvmToZfsBackupOptions,
} from '../../src/index.js';
import { takeHostLock } from '../../src/host-lock.js';
import { cleanHost, documented, hostState, inLab } from './support.js';
import { isLvm, watched as watchedTransport } from './watched.js';

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
const oneGuest = { ...documented, domains: ['MySQL'], volumes: ['/dev/SSD/images'], hostRoot: false } as const;
const steps = (report: BackupReport): string[] => report.problems.filter(({ fatal }) => fatal).map(({ step }) => step);

afterEach(async () => {
  expect(await hostState()).toEqual(cleanHost);
});

describe('a host that does not fit', () => {
  it('is refused with everything that is wrong, and nothing is touched', async () => {
    const dry = dryRun(labTransport());
    const { problems, message } = await refused({
      ...documented,
      domains: ['Server-Tim', 'nobody'],
      volumes: ['/dev/SSD/missing', '/dev/nogroup/images', '/dev/raid5/VM.images'],
      target: 'archives/nothing',
      transport: dry,
    });
    expect(problems.map(({ option }) => option)).toEqual(['domains[1]', 'volumes[0]', 'volumes[1]', 'target']);
    expect(message).toContain('nobody');
    expect(message).toContain('it has images');
    // The lock is all that a run takes before it has looked.
    expect(dry.commands.map(({ file }) => file)).toEqual(['flock']);
  });

  it('is refused for a target that is not mounted, or whose pool is degraded', async () => {
    await inLab(
      'zfs create archives/elsewhere; zfs unmount archives/elsewhere; zpool offline archives virtio-archives-1',
    );
    try {
      const { problems } = await refused({ ...oneGuest, target: 'archives/elsewhere', transport: labTransport() });
      expect(problems.map(({ problem }) => problem).join()).toMatch(/DEGRADED.*not mounted/);
    } finally {
      await inLab(
        'zpool online archives virtio-archives-1; zfs destroy archives/elsewhere; zpool wait -t resilver archives',
      );
    }
  });

  it('is refused for too little room', async () => {
    await inLab('lvcreate -qq -y -Wn -Zn -l 100%FREE -n filler SSD');
    try {
      const { problems } = await refused({ ...oneGuest, transport: labTransport() });
      expect(problems.map(({ option }) => option)).toEqual(['snapshotSizeBytes']);
    } finally {
      await inLab('lvremove -qq -y SSD/filler');
    }
  });

  it('is refused for a volume that is itself a disk of a guest, and for one whose name leaves no room', async () => {
    const long = 'a'.repeat(110);
    const disk =
      "<disk type='block' device='disk'><source dev='/dev/SSD/whole'/><target dev='vda' bus='virtio'/></disk>";
    const machine = "<os><type arch='x86_64' machine='q35'>hvm</type></os><memory unit='MiB'>16</memory>";
    await inLab(
      [
        `lvcreate -qq -y -Wn -Zn -L 4m -n whole SSD && lvcreate -qq -y -Wn -Zn -L 4m -n ${long} SSD`,
        'cat >/run/owner.xml <<QUIESCE_END',
        `<domain type='qemu'><name>owner</name>${machine}<devices>${disk}</devices></domain>`,
        'QUIESCE_END',
        'virsh --quiet create --paused /run/owner.xml',
      ].join('\n'),
    );
    try {
      const volumes = ['/dev/SSD/whole', `/dev/SSD/${long}`];
      const { problems } = await refused({ ...oneGuest, volumes, transport: labTransport() });
      expect(problems.map(({ option }) => option)).toEqual(['volumes[0]', 'volumes[1]']);
      expect(problems[0]?.problem).toContain('itself a disk of owner');
      expect(problems[1]?.problem).toContain('shorter');
    } finally {
      await inLab(`virsh --quiet destroy owner; lvremove -qq -y SSD/whole SSD/${long}`);
    }
  });

  it('is refused for a target whose copies are datasets of their own, which its snapshot would leave out', async () => {
    await inLab('zfs create -p archives/other/SSD.images');
    try {
      const { problems } = await refused({ ...oneGuest, target: 'archives/other', transport: labTransport() });
      expect(problems.map(({ problem }) => problem)).toEqual([
        expect.stringContaining('/archives/other/SSD.images is a dataset of its own'),
      ]);
    } finally {
      await inLab('zfs destroy -r archives/other');
    }
  });

  it('is refused while another run writes to the target', async () => {
    const lock = await takeHostLock(labTransport(), '/run/lock/quiesce-archives%2Fbackups.lock');
    const { message } = await refused({ ...oneGuest, transport: labTransport() });
    expect(message).toContain('another run');
    await lock?.release();
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
    const transport = watched(({ args }) => {
      if (args.some((word) => word.includes('send-key'))) {
        meddled = inLab('virsh --quiet resume stranger; virsh --quiet suspend MySQL');
      }
    });
    try {
      const domains = ['stranger', 'MySQL', 'Server-Tim'];
      const report = await failing({ ...oneGuest, domains, settleMs: 5000, transport });
      await meddled;
      expect(report.domains.map(({ name, suspended, runningAfter }) => [name, suspended, runningAfter])).toEqual([
        ['stranger', false, undefined],
        ['MySQL', false, undefined],
        ['Server-Tim', true, true],
      ]);
      expect(report.problems.map(({ subject, message, fatal }) => [subject, message, fatal])).toEqual(
        expect.arrayContaining([
          ['MySQL', expect.stringContaining('is left so'), false],
          ['stranger', expect.stringContaining('was paused when the run looked at it, and is running now'), true],
        ]),
      );
      expect(report.volumes[0]).toMatchObject({ outcome: 'failed', copy: undefined });
      expect(await inLab('virsh domstate MySQL')).toBe('paused');
    } finally {
      await inLab('virsh --quiet resume MySQL; virsh --quiet destroy stranger');
    }
  });

  it('stops when it loses the lock on its target', async () => {
    let killed: Promise<string> | undefined;
    const transport = watched(({ file }) => {
      // What holds the lock waits for its input to end.
      if (file === 'rsync') killed = inLab('pkill -KILL -x cat');
    });
    await inLab('rm -rf /archives/backups/SSD.images');
    const report = await failing({ ...oneGuest, transport });
    await killed;
    expect(report.problems.map(({ message }) => message).join('\n')).toMatch(/the lock \S+ was lost/);
    expect(report.volumes[0]).toMatchObject({ outcome: 'failed', snapshotRemoved: true });
    expect(await inLab('zfs get -H -o value quiesce:state archives/backups')).toBe('incomplete');
  });

  it('backs up the other volumes when one can not be mounted', async () => {
    await inLab('lvcreate -qq -y -Wy -Zy -L 32m -n empty SSD');
    try {
      const volumes = ['/dev/SSD/empty', '/dev/SSD/images'];
      const report = await failing({ ...oneGuest, volumes, transport: labTransport() });
      expect(report.volumes.map(({ outcome }) => outcome)).toEqual(['failed', 'success']);
      expect(report).toMatchObject({ outcome: 'failed', leftovers: [] });
      expect(report.problems.map(({ subject }) => subject)).toContain('/dev/SSD/empty');
      expect(await inLab('zfs get -H -o value quiesce:state archives/backups')).toBe('incomplete');
    } finally {
      await inLab('lvremove -qq -y SSD/empty');
    }
  });

  it('cleans up when rsync is killed', async () => {
    const transport = watched(({ file }) => {
      if (file === 'rsync') void delay(1500).then(() => inLab('pkill -KILL -x rsync || true'));
    });
    await inLab('rm -rf /archives/backups/SSD.images');
    const report = await failing({ ...oneGuest, transport });
    expect(report.volumes[0]).toMatchObject({ outcome: 'failed', snapshotRemoved: true, copy: { outcome: 'failed' } });
    expect(steps(report)).toContain('copy');
  });

  it('calls a snapshot that filled up a failure, whatever rsync said', async () => {
    let fill: Promise<string> | undefined;
    const transport = watched(({ file }) => {
      if (file === 'rsync')
        fill = inLab(
          'dd if=/dev/urandom of=/srv/SSD/images/filler bs=1M count=24 conv=fsync 2>/dev/null; rm /srv/SSD/images/filler',
        );
    });
    const report = await failing({ ...oneGuest, snapshotSizeBytes: 4 * 1024 * 1024, transport });
    await fill;
    expect(report.volumes[0]?.outcome).toBe('failed');
    expect(report.problems.map(({ message }) => message).join()).toContain('filled up');
  });

  it('resumes the guests and cleans up when it is aborted during the pause', async () => {
    const abort = new AbortController();
    const transport = watched((command) => {
      if (isLvm(command, 'lvconvert')) abort.abort();
    });
    const report = await failing({ ...documented, transport }, abort.signal);
    expect(report.outcome).toBe('aborted');
    expect(report.domains.every(({ suspended, runningAfter }) => suspended && runningAfter === true)).toBe(true);
    expect(report.volumes.map(({ copy }) => copy)).toEqual([undefined, undefined]);
    expect(report.leftovers).toEqual([]);
  });

  it('cleans up when it is aborted during the copy', async () => {
    const abort = new AbortController();
    const transport = watched(({ file }) => {
      if (file === 'rsync')
        void delay(1000).then(() => {
          abort.abort();
        });
    });
    await inLab('rm -rf /archives/backups/SSD.images');
    const report = await failing({ ...oneGuest, transport }, abort.signal);
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
        const suspends = command.file === 'virsh' && (command.args[0] ?? '').includes('; suspend --domain=');
        const args = command.args.map((word) =>
          suspends ? word.replace(/(; suspend --domain=\S+; .*suspend --domain=)[0-9a-f]{8}/, '$100000000') : word,
        );
        return real.start({ ...command, args }, options);
      },
    };
    const recorded = recording(transport);
    const report = await failing({ ...documented, transport: recorded });
    expect(steps(report)[0]).toBe('suspend');
    expect(recorded.records.some(({ command }) => isLvm(command, 'lvconvert'))).toBe(false);
    expect(report.leftovers).toEqual([]);
  });
});
