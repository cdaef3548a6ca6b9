import { readFile, rm } from 'node:fs/promises';

/** The mount points at or below a folder, from the text of a `/proc/self/mountinfo`. */
export function mountsBelow(mountInfo: string, directory: string): readonly string[] {
  // Field 5 is the mount point; blanks in it are octal.
  const points = mountInfo.split('\n').map((line) => line.split(' ')[4] ?? '');
  const decode = (point: string): string =>
    point.replaceAll(/\\(\d{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
  return points.map(decode).filter((point) => point === directory || point.startsWith(`${directory}/`));
}

/**
 * Removes a folder and what is in it, unless something is mounted there: a half-built system has
 * the host's devices mounted in it while it is built, and removing those would ruin the host.
 */
export async function removeTree(directory: string): Promise<void> {
  const mounts = mountsBelow(await readFile('/proc/self/mountinfo', 'utf8'), directory);
  if (mounts.length > 0) throw new Error(`Not removed, because something is mounted there: ${mounts.join(', ')}`);
  await rm(directory, { recursive: true, force: true });
}
