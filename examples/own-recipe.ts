// A recipe of one's own: a snapshot of a guest whose images lie on ZFS, with the guest paused for
// that moment. test-without-tools.test.ts beside it tests it. To run it, as root on the hypervisor:
// (await snapshotGuest({ domain, datasets, name }).plan()).toShell(), then run().
import process from 'node:process';
import { createCommand, localTransport, run, toShell, type Command, type Transport } from '@quiesce/command';
import type { Recipe } from '@quiesce/backup-recipes';
import { createVirsh, virshResumeCommand, virshSuspendCommand } from '@quiesce/virsh';
import { createZfs, zfsSnapshotCommand } from '@quiesce/zfs';

export interface SnapshotGuestOptions {
  /** Name or UUID of the guest. */
  readonly domain: string;
  /** The file systems or volumes that its images lie on, all of one pool. */
  readonly datasets: readonly string[];
  /** Name of the snapshots: the part after `@`. */
  readonly name: string;
  /** @default localTransport() */
  readonly transport?: Transport;
}

export interface SnapshotGuestPlan {
  /** In order. Where the guest does not run, only the snapshot is made. */
  readonly commands: readonly Command[];
  toShell(): string;
}

export interface SnapshotGuestReport {
  readonly snapshots: readonly string[];
  /** Undefined where the guest did not run. */
  readonly pausedMs: number | undefined;
}

export interface SnapshotGuestEvent {
  readonly type: 'paused' | 'snapshotted' | 'resumed';
}

export type SnapshotGuest = Recipe<SnapshotGuestPlan, SnapshotGuestReport, SnapshotGuestEvent>;

/** Seconds after which the host itself resumes the guest, whatever has become of this process. */
const insuranceSeconds = 30;

export function snapshotGuest(options: SnapshotGuestOptions): SnapshotGuest {
  const { datasets, domain, name, transport = localTransport() } = options;
  const virsh = createVirsh({ transport });
  const zfs = createZfs({ transport });

  // The builders check what they are given: a bad name is an error here, and nothing has run.
  const snapshots = datasets.map((dataset) => `${dataset}@${name}`);
  const suspend = virshSuspendCommand({ domain });
  const resume = virshResumeCommand({ domain });
  const snapshot = zfsSnapshotCommand({ snapshots });
  const unit = `snapshot-guest-${String(process.pid)}-${String(Date.now())}`;
  const timer = [`--on-active=${String(insuranceSeconds)}`, '--collect', `--unit=${unit}`];
  const insure = createCommand('systemd-run', ['--quiet', ...timer, '--', resume.file, ...resume.args]);
  const uninsure = createCommand('systemctl', ['stop', `${unit}.timer`]);

  const runs = async (signal: AbortSignal | undefined): Promise<boolean> =>
    (await virsh.domstate({ domain, signal, timeoutMs: 10_000 })).state === 'running';

  return {
    name: 'snapshotGuest',
    plan: async ({ signal } = {}) => {
      const commands = (await runs(signal)) ? [insure, suspend, snapshot, resume, uninsure] : [snapshot];
      return { commands, toShell: () => commands.map(toShell).join('\n') };
    },
    run: async ({ onEvent, signal } = {}) => {
      if (!(await runs(signal))) {
        await zfs.snapshot({ snapshots, signal });
        return { snapshots, pausedMs: undefined };
      }
      // What undoes the pause is there before the pause, and does not need us.
      await run(transport, insure, { signal, timeoutMs: 10_000 });
      const pausedAt = performance.now();
      const resumeGuest = () => virsh.resume({ domain, timeoutMs: 10_000 });
      try {
        await virsh.suspend({ domain, timeoutMs: 10_000 });
        onEvent?.({ type: 'paused' });
        await zfs.snapshot({ snapshots, timeoutMs: 10_000 });
        onEvent?.({ type: 'snapshotted' });
      } catch (error) {
        // Whatever failed, that is the error. If this fails too, the timer is still there.
        await resumeGuest().catch(() => undefined);
        throw error;
      }
      await resumeGuest();
      const pausedMs = performance.now() - pausedAt;
      onEvent?.({ type: 'resumed' });
      await run(transport, uninsure, { timeoutMs: 10_000 });
      // Had the timer been first, the snapshot would not be of a guest that stood still.
      if (pausedMs > insuranceSeconds * 1000) throw new Error('it took too long: the guest was resumed before');
      return { snapshots, pausedMs };
    },
  };
}
