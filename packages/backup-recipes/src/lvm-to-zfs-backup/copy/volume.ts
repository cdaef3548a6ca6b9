import { CommandError, ExitError, run, toShell } from '@quiesce/command';
import {
  LogicalVolumeInUseError,
  LogicalVolumeNotFoundError,
  lvremoveCommand,
  type LvremoveOptions,
} from '@quiesce/lvm';
import { rmdirCommand } from '../../host/folders.js';
import { fsckCommand, fsckSuccessCodes } from '../../host/fsck.js';
import { mountCommand, umountCommand } from '../../host/mount.js';
import { parseSnapshotStatus, snapshotStatusCommand } from '../../host/snapshot-status.js';
import { describeHolders, retryBusy } from '../../retry-busy.js';
import { copy } from './copy.js';
import { completeFolder, openFolder, type TargetFolder } from './folder.js';
import type { CopyJob } from './copy-options.js';
import { keepChecksums } from './keep-checksums.js';
import { verifyCopy } from './verify-copy.js';
import type { VolumeFacts } from '../preflight/host-facts.js';
import { runTag } from '../../run-id.js';
import type { Leftover } from '../report/report.js';
import type { RunState, VolumeState } from '../run-state.js';

/** The copy of one volume's images. */
export function volumeCopyJob(facts: VolumeFacts, number: number): CopyJob {
  const { folderName: folder, mountFolder: source, path: subject } = facts;
  return { number, subject, step: 'copy', source, folder, exclude: [], isLive: false };
}

/** The folder of the target that one volume's images are copied into. */
export function volumeFolder({ folderName: folder, mountPoint: place, path: source }: VolumeFacts): TargetFolder {
  return { folder, source, place };
}

async function mountSnapshot({ journal, options, transport, signal }: RunState, volume: VolumeState): Promise<void> {
  const { fileSystem, isChecked, path, snapshotPath, mountFolder } = volume.facts;
  if (isChecked) {
    await journal.step('check', path, async () => {
      signal.throwIfAborted();
      await run(transport, fsckCommand({ device: snapshotPath }), {
        successCodes: fsckSuccessCodes,
        timeoutMs: options.limits.checkMs,
        signal,
      });
    });
  }
  await journal.step('mount', path, async () => {
    signal.throwIfAborted();
    volume.mounted = true;
    const command = mountCommand({ device: snapshotPath, folder: mountFolder, fileSystem });
    await run(transport, command, { timeoutMs: options.limits.mountMs, signal }).catch((error: unknown) => {
      // An exit code means that nothing is mounted; anything else leaves it open.
      if (ExitError.isInstance(error)) volume.mounted = false;
      throw error;
    });
  });
}

/**
 * Whether a snapshot is valid still. One that filled up has lost what it should keep: what was
 * copied from it is worth nothing.
 */
async function requireValid({ isDry, journal, options, transport }: RunState, volume: VolumeState): Promise<boolean> {
  if (isDry) return true;
  const { path, snapshotPath, snapshotMapperName } = volume.facts;
  try {
    const { stdout } = await run(transport, snapshotStatusCommand({ mapperName: snapshotMapperName }), {
      timeoutMs: options.limits.readMs,
    });
    const { valid, usedPercent } = parseSnapshotStatus(stdout);
    volume.usedPercent = valid ? usedPercent : 100;
    if (valid) return true;
    const reason = `its snapshot ${snapshotPath} filled up, so the copy is not what the volume held`;
    throw new CommandError(`${reason}: run again with more snapshotSizeBytes`);
  } catch (error) {
    journal.problem('copy', path, error);
    volume.failed = true;
    return false;
  }
}

async function unmount(
  { journal, leftovers, options, runId, transport }: RunState,
  volume: VolumeState,
): Promise<void> {
  const { path, mountFolder } = volume.facts;
  const unmounted = await journal.attempt('unmount', path, async () => {
    await retryBusy(
      async () => {
        const command = umountCommand({ folder: mountFolder });
        await run(transport, command, { timeoutMs: options.limits.mountMs }).catch((error: unknown) => {
          if (!ExitError.isInstance(error) || !error.stderr.includes('not mounted')) throw error;
          // systemd unmounts a file system whose device fails. rsync may have seen an empty folder
          // in its place.
          volume.failed = true;
          const reason = `${mountFolder} was unmounted by someone else, so what was copied may not be whole: see the kernel's log for a device that failed, and run again`;
          journal.problem('unmount', path, new CommandError(reason, { cause: error }));
        });
      },
      (error) => ExitError.isInstance(error) && error.stderr.includes('busy'),
      async (error) =>
        new CommandError(`${String(error)}: ${await describeHolders(transport, mountFolder)}`, { cause: error }),
    );
    volume.mounted = false;
  });
  if (unmounted) return;
  volume.stuck = true;
  const folder = toShell(rmdirCommand({ folders: [mountFolder] }));
  leftovers.push(
    { kind: 'mount', name: mountFolder, remedy: toShell(umountCommand({ folder: mountFolder })) },
    snapshotLeftover(volume.facts, runId),
    { kind: 'folder', name: mountFolder, remedy: folder },
  );
}

/**
 * The options of LVM that remove what this run made, and nothing else of that name. Nothing of the
 * run comes after it that udev would have to be waited for.
 */
export function removeOptions({ snapshotPath }: VolumeFacts, runId: string): LvremoveOptions {
  return { volumes: [snapshotPath], tags: [runTag(runId)], udevSync: false };
}

/** A snapshot that could not be removed. */
export function snapshotLeftover(facts: VolumeFacts, runId: string): Leftover {
  const remedy = toShell(lvremoveCommand({ ...removeOptions(facts, runId), udevSync: true }));
  return { kind: 'lvm-snapshot', name: facts.snapshotPath, remedy };
}

async function removeSnapshot(
  { clients, journal, leftovers, options: { limits }, runId }: RunState,
  volume: VolumeState,
): Promise<void> {
  const { path } = volume.facts;
  volume.removed = await journal.attempt('remove', path, () =>
    retryBusy(
      async () => {
        const options = { ...removeOptions(volume.facts, runId), timeoutMs: limits.lvmMs };
        await clients.lvm.lvremove(options).catch((error: unknown) => {
          if (!LogicalVolumeNotFoundError.isInstance(error)) throw error;
        });
      },
      (error) => LogicalVolumeInUseError.isInstance(error),
      (error) => Promise.resolve(error),
    ),
  );
  if (volume.removed) volume.removedMs = journal.now();
  else leftovers.push(snapshotLeftover(volume.facts, runId));
}

/** Undoes what was made for one volume, once and as far as it can, and notes what is left. */
export async function cleanUp(state: RunState, volume: VolumeState): Promise<void> {
  if (volume.cleaned) return;
  volume.cleaned = true;
  if (volume.mounted && !volume.stuck) await unmount(state, volume);
  // Removing what is mounted would fail; what is left is in the report.
  if (volume.spaceMade && !volume.mounted) await removeSnapshot(state, volume);
}

/**
 * Whether a guest with a disk on the volume was paused without having been told to write out its
 * buffers.
 */
function holdsUnflushed({ domains, facts, volumes }: RunState, volume: VolumeState): boolean {
  const number = volumes.indexOf(volume);
  return facts.domains.some(({ uuid }, index) => {
    const { flushed, suspended } = domains[index] ?? {};
    return suspended === true && flushed === false && facts.disksOn.get(uuid)?.includes(number) === true;
  });
}

/** Notes that the folder holds every byte of the volume as it was frozen. */
async function complete(state: RunState, volume: VolumeState): Promise<void> {
  if (volume.failed || holdsUnflushed(state, volume)) return;
  const { facts } = volume;
  await completeFolder(state, volumeFolder(facts)).catch((error: unknown) => {
    state.journal.problem('copy', facts.path, error);
    volume.failed = true;
  });
}

/** Copies one volume's snapshot to the target. What fails is in the journal. */
export async function copyVolume(state: RunState, volume: VolumeState, preserved: Promise<void>): Promise<void> {
  const { facts } = volume;
  try {
    await mountSnapshot(state, volume);
    await preserved;
    let kept: Promise<void> = Promise.resolve();
    let isValid = true;
    try {
      await copy(state, volumeCopyJob(facts, state.volumes.indexOf(volume)), {
        open: async () => {
          await openFolder(state, volumeFolder(facts));
          // Beside the copying: what one of them reads the other finds in memory.
          kept = keepChecksums(state, volume);
        },
        onReport: (report) => {
          volume.copy = report;
        },
      });
      // What differs then differs for that reason.
      if (state.options.verify !== 'none') isValid = await requireValid(state, volume);
      if (isValid) await verifyCopy(state, volume);
    } finally {
      await kept;
      await Promise.all([isValid && requireValid(state, volume), unmount(state, volume)]);
    }
    await complete(state, volume);
  } catch {
    volume.failed = true;
  }
}
