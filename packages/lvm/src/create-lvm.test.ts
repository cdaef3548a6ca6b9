import { AbortedError, dryRun, InvalidArgumentError, toShell } from '@quiesce/command';
import { scriptedTransport, type ScriptedTransport } from '@quiesce/command/testing';
import { describe, expect, it } from 'vitest';
import { createLvm } from './create-lvm.js';
import { LockError, VolumeGroupFullError } from './errors.js';

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
