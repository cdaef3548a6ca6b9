import { createCommand, type Command } from '@quiesce/command';

/** One mounted file system. */
export interface Mount {
  /** What is mounted: a device, a dataset, or a word. */
  readonly source: string;
  /** Where. */
  readonly target: string;
  readonly type: string;
  /** The folder of the file system that is mounted: `/` for all of it. */
  readonly root: string;
  /** The kernel's number of the file system's device, as `252:3`. */
  readonly device: string;
}

/** Lists what is mounted, in the order in which it was. See proc_pid_mountinfo(5). */
export function mountsCommand(): Command {
  return createCommand('cat', ['/proc/self/mountinfo'], { effect: 'read' });
}

/** Blanks, line breaks and backslashes stand as their octal numbers. */
function plain(word: string): string {
  return word.replaceAll(/\\(?<octal>[0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

/** A path as the kernel writes it in its list of mounts. */
export function mountinfoWord(word: string): string {
  return word.replaceAll(/[ \t\n\\]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`);
}

/** Reads what {@link mountsCommand} prints. */
export function parseMounts(stdout: string): Mount[] {
  return stdout.split('\n').flatMap((line) => {
    const [place = '', kind = ''] = line.split(' - ');
    const [, , device, root, target] = place.split(' ');
    const [type, source] = kind.split(' ');
    if (device === undefined || root === undefined || target === undefined) return [];
    if (type === undefined || source === undefined) return [];
    return [{ source: plain(source), target: plain(target), type, root: plain(root), device }];
  });
}

/** The mount that a path lies on, as far as its words tell: the last one covers those before it. */
export function mountOf(path: string, mounts: readonly Mount[]): Mount | undefined {
  return mounts.findLast(({ target }) => path === target || path.startsWith(target === '/' ? '/' : `${target}/`));
}

/**
 * Where all of a ZFS file system can be reached, by what the kernel says. Undefined where it is not
 * mounted, or is covered.
 */
export function mountpointOf(dataset: string, mounts: readonly Mount[]): string | undefined {
  return mounts.find(
    (mount) =>
      mount.type === 'zfs' && mount.source === dataset && mount.root === '/' && mountOf(mount.target, mounts) === mount,
  )?.target;
}
