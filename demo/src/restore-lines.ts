import path from 'node:path';
import type { BackupReport } from '@quiesce/backup-recipes';
import { createCommand, toShell } from '@quiesce/command';
import type { LabGuest } from '@quiesce/lab';

/**
 * Where a copy of a guest's image is: in the target as it is now, and in one of its ZFS snapshots.
 */
export interface ImageCopy {
  readonly now: string;
  /**
   * The path in the snapshot of this name, the part after the @. ZFS mounts it when it is looked
   * at.
   */
  inSnapshot(snapshot: string): string;
}

/** Finds the copy of a guest's image. Undefined where its volume was not copied. */
export function imageCopy({ volumes }: BackupReport, guest: Pick<LabGuest, 'volume' | 'image'>): ImageCopy | undefined {
  const folder = volumes.find(({ volume }) => volume === guest.volume)?.copy?.folder;
  if (folder === undefined) return undefined;
  const { dir: mountPoint, base } = path.posix.parse(folder);
  const inFolder = path.posix.join(base, path.posix.basename(guest.image));
  return {
    now: path.posix.join(mountPoint, inFolder),
    inSnapshot: (snapshot) => path.posix.join(mountPoint, '.zfs', 'snapshot', snapshot, inFolder),
  };
}

/** The command that copies an image back: holes stay holes. */
function restoreCommand(from: string, to: string): ReturnType<typeof createCommand> {
  return createCommand('cp', ['--sparse=always', '--', from, to]);
}

/** What to type on the host to put a guest's image back. */
export function restoreLines(from: string, guest: Pick<LabGuest, 'name' | 'image'>): string[] {
  return [
    `${toShell(createCommand('virsh', ['shutdown', guest.name]))}    # and wait until virsh domstate says: shut off`,
    toShell(restoreCommand(from, guest.image)),
    toShell(createCommand('virsh', ['start', guest.name])),
  ];
}
