import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const directories = new Set<string>();

function remove(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
}

// A master without its socket still ends by itself.
function removeAll(): void {
  for (const directory of directories) remove(directory);
}

/**
 * Makes the directory for the socket of a shared connection, short and private: the path of a
 * socket has at most 108 bytes, and whoever reaches it can use the connection. It goes when Node
 * exits, if not before.
 */
export function makeSocketDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'quiesce-'));
  if (directories.size === 0) process.once('exit', removeAll);
  directories.add(directory);
  return directory;
}

/** Removes a directory that {@link makeSocketDirectory} made. */
export function removeSocketDirectory(directory: string): void {
  remove(directory);
  directories.delete(directory);
  if (directories.size === 0) process.off('exit', removeAll);
}
