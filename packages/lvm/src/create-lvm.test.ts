import { AbortedError, dryRun, InvalidArgumentError, toShell } from '@quiesce/command';
import { scriptedTransport, type ScriptedTransport } from '@quiesce/command/testing';
import { recorded, releaseOn } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { createLvm } from './create-lvm.js';
import { LockError, LogicalVolumeNotFoundError, VolumeGroupFullError, VolumeGroupSkippedError } from './errors.js';

const empty = '{"report":[{"lv":[]}]}';
const answering = (reply: {
  exitCode?: number;
  stdout?: string;
  stderr?: string;
  durationMs?: number;
}): ScriptedTransport => scriptedTransport(() => reply);

describe('createLvm', () => {
  it('runs every subcommand with one program', async () => {
    const transport = answering({ stdout: empty });
    const lvm = createLvm({ transport, path: '/opt/lvm' });
    await lvm.lvs();
    await lvm.lvremove({ volumes: ['SSD/images.1'] });
    expect(transport.commands.map(({ file, args }) => [file, args[0]])).toEqual([
      ['/opt/lvm', 'lvs'],
      ['/opt/lvm', 'lvremove'],
    ]);
  });

  it('types what LVM says', async () => {
    const stderr = '  Volume group "SSD" has insufficient free space (1 extents): 2 required.\n';
    const lvm = createLvm({ transport: answering({ exitCode: 5, stderr }) });
    const error = await lvm
      .lvcreate({ type: 'snapshot', origin: 'SSD/images', name: 'images.1', sizeBytes: 8_388_608 })
      .catch((reason: unknown) => reason);
    expect(VolumeGroupFullError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ volumeGroup: 'SSD', freeExtents: 1, requiredExtents: 2, exitCode: 5 });
    expect(LockError.isInstance(error)).toBe(false);
  });

  it('runs nothing for a wrong argument', async () => {
    const transport = answering({});
    const lvm = createLvm({ transport });
    await expect(lvm.lvremove({ volumes: ['SSD'] })).rejects.toThrow(InvalidArgumentError);
    expect(transport.commands).toEqual([]);
  });

  it('looks and changes nothing in a dry run', async () => {
    const inner = answering({ stdout: empty });
    const transport = dryRun(inner);
    const lvm = createLvm({ transport });
    expect(await lvm.lvs({ volumeGroups: ['SSD'] })).toEqual([]);
    await lvm.lvchange({ volumes: ['SSD/images'], active: false });
    expect(inner.commands).toHaveLength(1);
    expect(transport.commands.map(toShell)).toEqual([
      'LVM_SUPPRESS_FD_WARNINGS=1 lvm lvchange -qq --config log/report_command_log=0 --yes --activate n -- SSD/images',
    ]);
  });

  it('lets a change go on that the caller no longer waits for', async () => {
    const lvm = createLvm({ transport: answering({ durationMs: 50 }) });
    const error: unknown = await lvm
      .lvremove({ volumes: ['SSD/a'], signal: AbortSignal.timeout(1) })
      .catch((reason: unknown) => reason);
    if (!AbortedError.isInstance(error)) throw error;
    expect(error.stillRunning).toBe(true);
    expect(await error.outcome).toMatchObject({ exitCode: 0 });
  });
});

describe('a report that LVM calls a failure', () => {
  const release = releaseOn('lvm', 'trixie');
  const skipping = '  Skipping clustered volume group old-san\n';
  const reporting = (stderr: string, exitCode = 5): ScriptedTransport =>
    scriptedTransport(({ args }) => ({
      stdout: recorded(release, args[0] === 'vgs' ? 'vgs' : 'lvs-select').stdout,
      stderr,
      exitCode,
    }));

  it('is read where only a group was passed over that nobody asked for', async () => {
    const lvm = createLvm({ transport: reporting(skipping) });
    const groups = ['SSD', 'quiesce-lvm', 'raid5'];
    expect((await lvm.lvs()).map(({ fullName }) => fullName)).toEqual(['quiesce-lvm/snap.1']);
    expect((await lvm.lvs({ volumes: ['quiesce-lvm/snap.1'] })).map(({ name }) => name)).toEqual(['snap.1']);
    expect((await lvm.vgs()).map(({ name }) => name)).toEqual(groups);
    expect((await lvm.vgs({ volumeGroups: groups })).map(({ name }) => name)).toEqual(groups);
  });

  it('is read where a disk of a group is missing', async () => {
    const stderr = "  WARNING: Couldn't find device with uuid TXivUI-3nMe-Otev-o900-Qvjb-M3Fd-VAbHwJ.\n";
    const lvm = createLvm({ transport: reporting(stderr, 0) });
    expect(await lvm.lvs()).toHaveLength(1);
    expect(await lvm.vgs()).toHaveLength(3);
  });

  it('is a failure where that group was asked for', async () => {
    const lvm = createLvm({ transport: reporting(skipping) });
    const asked = [
      lvm.lvs({ volumeGroups: ['SSD', 'old-san'] }),
      lvm.lvs({ volumes: ['/dev/mapper/old--san-images'] }),
      lvm.vgs({ volumeGroups: ['old-san'] }),
    ];
    for (const error of await Promise.all(asked.map((call) => call.catch((reason: unknown) => reason)))) {
      expect(VolumeGroupSkippedError.isInstance(error) && error.volumeGroups).toEqual(['old-san']);
    }
  });

  it('is a failure where a volume is missing too, and where there is no report', async () => {
    const missing = createLvm({ transport: reporting(`${skipping}  Failed to find logical volume "SSD/nothing"\n`) });
    await expect(missing.lvs({ volumes: ['SSD/nothing'] })).rejects.toSatisfy((error) =>
      LogicalVolumeNotFoundError.isInstance(error),
    );
    const silent = createLvm({ transport: answering({ exitCode: 5, stderr: skipping }) });
    await expect(silent.vgs()).rejects.toSatisfy((error) => VolumeGroupSkippedError.isInstance(error));
  });
});
