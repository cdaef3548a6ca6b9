import { createCommand, type Command } from '@quiesce/command';

/** Checks a file system and repairs what is safe to repair without asking. See fsck(8). */
export function fsckCommand(options: { device: string }): Command {
  return createCommand('fsck', ['-p', options.device], { effect: 'write', stop: 'kill' });
}

/** Exit codes of fsck after which the file system is good: nothing to do, or all repaired. */
export const fsckSuccessCodes: readonly number[] = [0, 1];

const extended = ['ext2', 'ext3', 'ext4'];

/** Whether a file system is an ext2, ext3 or ext4. */
export function isExtended(fileSystem: string): boolean {
  return extended.includes(fileSystem);
}

/**
 * Programs by which fsck checks file systems of one type each. That of xfs, which does nothing, is
 * not among them.
 */
export const checkers: readonly string[] = [...extended, 'exfat', 'f2fs', 'jfs', 'reiserfs', 'vfat'].map(
  (type) => `fsck.${type}`,
);

/**
 * Whether a file system is checked before it is mounted: an ext2, ext3 or ext4 always, any other
 * where the host can. Mounting an xfs replays its journal, and that is all there is to do.
 *
 * @param programs - Those of {@link checkers} that the host has.
 */
export function isChecked(fileSystem: string, programs: ReadonlySet<string>): boolean {
  const checker = `fsck.${fileSystem}`;
  return isExtended(fileSystem) || (checkers.includes(checker) && programs.has(checker));
}
