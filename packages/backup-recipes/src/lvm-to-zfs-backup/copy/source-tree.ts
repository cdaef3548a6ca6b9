import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  type Stats,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import fc from 'fast-check';

const names = [
  ...['base', '-rf', 'two words', '*', 'line\nbreak', '$(exit)'],
  ...['images/base', "images/it's", 'images/@', 'images/`x`', 'images/base/]', '-d/base'],
];

/** One thing that is done to a folder. */
export interface Change {
  readonly what:
    | 'write'
    | 'replace'
    | 'link'
    | 'rename'
    | 'remove'
    | 'folder'
    | 'symlink'
    | 'hole'
    | 'shorten'
    | 'touch'
    | 'mode'
    | 'owner';
  /** The name that it is done to, and another one for what takes two. */
  readonly at: string;
  readonly other: string;
  /** What bytes, times, modes and sizes are made from. */
  readonly number: number;
}

// As often as it is tried.
const whats: readonly Change['what'][] = [
  ...(['write', 'write', 'replace', 'replace', 'link', 'link', 'link', 'rename', 'remove'] as const),
  ...(['folder', 'symlink', 'hole', 'shorten', 'touch', 'mode', 'owner'] as const),
];

/** Anything that may be done to a folder. */
export const anyChange: fc.Arbitrary<Change> = fc.record({
  what: fc.constantFrom(...whats),
  at: fc.constantFrom(...names),
  other: fc.constantFrom(...names),
  number: fc.nat(1_000_000),
});

/** A folder that is changed in known ways. */
export class SourceTree {
  private ticks = 0;

  /** @param folder - Absolute path without symbolic links. It must not be there. */
  constructor(readonly folder: string) {
    mkdirSync(folder);
  }

  /**
   * Does what can be done as things stand: a folder is not written to, and what is not there not
   * renamed.
   */
  apply({ what, at, other, number }: Change): void {
    const [file, to] = [path.join(this.folder, at), path.join(this.folder, other)];
    const stats = statsOf(file);
    if (what === 'write' || what === 'replace' || what === 'folder' || what === 'symlink') {
      this.make(path.dirname(file));
      if (what !== 'write' || stats?.isFile() !== true) rmSync(file, { recursive: true, force: true });
      if (what === 'folder') mkdirSync(file);
      else if (what === 'symlink') symlinkSync(other, file);
      else writeFileSync(file, bytesOf(number));
      this.touch(file);
    } else if (stats !== undefined) {
      if (what === 'remove') rmSync(file, { recursive: true });
      if (what === 'touch') this.touch(file);
      if (what === 'owner' && process.getuid?.() === 0 && stats.isFile()) chownSync(file, number % 3, number % 2);
      if (what === 'mode' && stats.isFile()) chmodSync(file, 0o600 | (number % 0o100));
      if ((what === 'hole' || what === 'shorten') && stats.isFile()) {
        truncateSync(file, what === 'hole' ? stats.size + 70_000 : Math.floor(stats.size / 2));
        this.touch(file);
      }
      const linkable = what === 'link' && !stats.isDirectory();
      if ((linkable || what === 'rename') && !`${to}/`.startsWith(`${file}/`) && !`${file}/`.startsWith(`${to}/`)) {
        this.make(path.dirname(to));
        // Making the folder may have taken the file away.
        if (statsOf(file) === undefined) return;
        rmSync(to, { recursive: true, force: true });
        if (linkable) linkSync(file, to);
        else renameSync(file, to);
      }
    }
  }

  /** Makes a folder, and a folder of each file on the way to it. */
  private make(folder: string): void {
    if (folder === this.folder) return;
    this.make(path.dirname(folder));
    if (statsOf(folder)?.isDirectory() === true) return;
    rmSync(folder, { force: true });
    mkdirSync(folder);
  }

  // What has the same size, and the same time to the nanosecond, rsync takes for the same: the one
  // thing that is not tried. So no two times are the same, and most are of the same second.
  private touch(file: string): void {
    this.ticks += 1;
    lutimesSync(file, 1_364_083_186, 1_364_083_186 + this.ticks / 1000);
  }
}

/** Undefined for what is not there, or only by way of a symbolic link. */
function statsOf(file: string): Stats | undefined {
  try {
    return realpathSync(path.dirname(file)) === path.dirname(file) ? lstatSync(file) : undefined;
  } catch {
    return undefined;
  }
}

/** Few sizes, so that many files have the same. */
function bytesOf(number: number): Buffer {
  return Buffer.alloc([3000, 3000, 3000, 0, 100_000][number % 5] ?? 0, `${String(number)},`);
}

function digestOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/**
 * All that a copy must have of a folder: types, bytes, modes, owners, times, and which names are
 * links to one file.
 */
export function contentsOf(folder: string): Record<string, unknown> {
  const firstNames = new Map<bigint, string>();
  const found = ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()].map((name) => {
    const file = path.join(folder, name);
    const stats = lstatSync(file, { bigint: true });
    const { mode, uid, gid, mtimeNs, ino } = stats;
    const sameAs = stats.isDirectory() ? name : (firstNames.get(ino) ?? name);
    firstNames.set(ino, sameAs);
    const bytes = stats.isFile() ? digestOf(file) : stats.isSymbolicLink() ? readlinkSync(file) : '';
    return [name, { mode, uid, gid, mtimeNs, sameAs, bytes }];
  });
  return Object.fromEntries(found) as Record<string, unknown>;
}
