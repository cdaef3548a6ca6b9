import { parseArgs } from 'node:util';
import { defaultRelease, isRelease, releases, type Release } from '@quiesce/lab';

/** A command line of the benchmarks, understood. */
export interface BenchCommandLine {
  readonly bench: 'pause' | 'run' | 'parse' | 'rsync';
  readonly rounds: number;
  readonly release: Release;
  /** File that the figures are written to. */
  readonly json: string | undefined;
}

/** How it is used. */
export function usage(): string {
  return `usage: npm run bench -- pause|run|parse|rsync [--rounds N] [--json FILE] [--release ${releases.join('|')}]

  pause   how long guests are paused, and how long a backup takes: the documented procedure as a shell script against
          lvmToZfsBackup, in turn in the same lab
  run     how long lvmToZfsBackup takes over 2 GiB of images in which 1 % changed, against rsync alone
  parse   how long zfs.list and zfs.get take over 100,000 snapshots, against reading the bytes alone; without a lab
  rsync   how long a copy of 100,000 small files takes with every change read, against rsync alone; without a lab

  --rounds N         how often each side runs (default: 3)
  --json FILE        writes the figures to a file as well
  --release RELEASE  the Debian release of the lab (default: ${defaultRelease})
`;
}

/** The words can't be understood. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError';
}

/**
 * Understands the words after `npm run bench --`.
 *
 * @throws {@link UsageError}
 */
export function parseCommandLine(words: readonly string[]): BenchCommandLine {
  const { values, positionals } = parse(words);
  const [bench] = positionals;
  if (positionals.length !== 1 || !isBench(bench)) {
    throw new UsageError(positionals.length === 0 ? 'what to measure?' : `unknown: ${positionals.join(' ')}`);
  }
  const { rounds = '3', release = defaultRelease, json } = values;
  if (!/^[1-9]\d{0,2}$/.test(rounds)) throw new UsageError(`--rounds ${rounds}: a number from 1 to 999`);
  if (!isRelease(release)) throw new UsageError(`--release ${release}: one of ${releases.join(', ')}`);
  return { bench, rounds: Number(rounds), release, json };
}

function isBench(word: string | undefined): word is BenchCommandLine['bench'] {
  return word === 'pause' || word === 'run' || word === 'parse' || word === 'rsync';
}

function parse(words: readonly string[]): {
  values: { rounds?: string; release?: string; json?: string };
  positionals: string[];
} {
  const option = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...words],
      options: { rounds: option, release: option, json: option },
      allowPositionals: true,
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
