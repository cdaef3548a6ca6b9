import { CommandError, ExitError, run } from '@quiesce/command';
import { LogicalVolumeInUseError, LogicalVolumeNotFoundError, lvmErrors, VolumeGroupNotFoundError } from '@quiesce/lvm';
import { limits } from '../../limits.js';
import { describeHolders, retryBusy } from '../../retry-busy.js';
import type { Finding } from '../finding.js';
import type { Survey } from '../survey/survey.js';
import type { Undoing } from './undoing.js';

/** Ignores a failure of which a program says that there is nothing to do any more. */
function unless(gone: RegExp) {
  return (error: unknown): undefined => {
    if (!ExitError.isInstance(error) || !gone.test(error.stderr)) throw error;
    return undefined;
  };
}

async function unmount({ transport }: Undoing, { name, undo }: Finding): Promise<void> {
  await retryBusy(
    async () => {
      for (const command of undo) {
        await run(transport, command, { timeoutMs: limits.mountMs }).catch(unless(/not mounted|no mount point/));
      }
    },
    (error) => ExitError.isInstance(error) && error.stderr.includes('busy'),
    async (error) => new CommandError(`${String(error)}: ${await describeHolders(transport, name)}`, { cause: error }),
  );
}

async function removeVolume({ transport }: Undoing, { undo }: Finding): Promise<void> {
  await retryBusy(
    async () => {
      for (const command of undo) {
        await run(transport, command, { timeoutMs: limits.lvmMs, errors: lvmErrors }).catch((error: unknown) => {
          const isGone = LogicalVolumeNotFoundError.isInstance(error) || VolumeGroupNotFoundError.isInstance(error);
          if (!isGone) throw error;
        });
      }
    },
    (error) => LogicalVolumeInUseError.isInstance(error),
    (error) => Promise.resolve(error),
  );
}

async function removeFolder({ transport }: Undoing, { undo }: Finding): Promise<void> {
  for (const command of undo) {
    await run(transport, command, { timeoutMs: limits.smallMs }).catch(unless(/No such file or directory/));
  }
}

/** Those of a group share a lock of LVM. */
function byGroup(volumes: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const volume of volumes) {
    const group = volume.name.replace(/\/[^/]*$/, '');
    groups.set(group, [...(groups.get(group) ?? []), volume]);
  }
  return [...groups.values()];
}

/**
 * Unmounts what runs have mounted, and removes their volumes and folders, those of their units
 * last.
 */
export async function removeThings(found: Survey, undoing: Undoing): Promise<void> {
  for (const mount of found.mounts) await undoing.undo('unmount', mount, () => unmount(undoing, mount));
  await Promise.all(
    byGroup(found.volumes).map(async (group) => {
      for (const volume of group) await undoing.undo('remove', volume, () => removeVolume(undoing, volume));
    }),
  );
  for (const restore of found.restores) await undoing.undo('remove', restore, () => removeFolder(undoing, restore));
  for (const folder of found.mountFolders) await undoing.undo('remove', folder, () => removeFolder(undoing, folder));
  for (const folder of found.runFolders) {
    await undoing.undo('remove', folder, () => {
      // A unit reads its script while it runs.
      if (found.unitsSeen && !undoing.isBusy(folder.runId)) return removeFolder(undoing, folder);
      return Promise.reject(new CommandError(`a unit of run ${folder.runId} may still need ${folder.name}`));
    });
  }
}
