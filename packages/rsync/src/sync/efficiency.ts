import type { SyncStats } from '../output/stats.js';

/** Something that makes rsync do more than it would have to, or the copy worse. */
export interface EfficiencyHint {
  /**
   * - `wholeFile`: changed files were copied whole, as rsync does between local paths by itself.
   * - `sparseInplace`: `--sparse` with `--inplace` writes each file again from its start.
   * - `linkedInplace`: `--inplace` wrote into files that may have several names at the destination.
   */
  readonly hint: 'wholeFile' | 'sparseInplace' | 'linkedInplace';
  /** What it costs and what to do about it, in a sentence or two. */
  readonly message: string;
}

/** How much of the copied files rsync had to send. */
export interface SyncEfficiency {
  /** Bytes that had to be sent and written. */
  readonly literalBytes: number;
  /** Bytes that the destination had already. */
  readonly matchedBytes: number;
  /** What copying the same files whole would have sent and written, in bytes. */
  readonly wholeFileBytes: number;
  /** `literalBytes` of `wholeFileBytes`, from 0 to 1. Undefined where no file was copied. */
  readonly literalShare: number | undefined;
  /** What could be better. */
  readonly hints: readonly EfficiencyHint[];
}

const messages: Readonly<Record<EfficiencyHint['hint'], string>> = {
  wholeFile:
    'changed files were copied whole, as rsync does between local paths: with wholeFile: false only what ' +
    'differs is written, which keeps snapshots of the destination small',
  sparseInplace:
    '--sparse with --inplace writes changed files again from their start (RsyncProject/rsync#799): leave one out',
  linkedInplace:
    'inplace writes through all names that a file has at the destination: files that were linked at the last ' +
    'run and are separate now get wrong bytes, so part them there first or leave inplace out',
};

const short = (letter: string): RegExp => new RegExp(`^-[A-Za-z]*${letter}`);
const has = (args: readonly string[], words: readonly string[], letter?: string): boolean =>
  args.some((arg) => words.includes(arg) || (letter !== undefined && short(letter).test(arg)));

/**
 * Tells how well a run used what the destination had already.
 *
 * @param args - The words of the run.
 *
 * @example
 * ```ts
 * const options = { source: '/data/', destination: '/backup/data/', archive: true };
 * const { stats } = await rsync.sync(options);
 * const { literalShare, hints } = rsyncEfficiency(stats, rsyncCommand(options).args);
 * ```
 */
export function rsyncEfficiency(stats: SyncStats, args: readonly string[]): SyncEfficiency {
  const { created, filesTransferred, literalBytes, matchedBytes, transferredFileSizeBytes: wholeFileBytes } = stats;
  const end = args.indexOf('--');
  const words = end === -1 ? args : args.slice(0, end);
  const paths = end === -1 ? [] : args.slice(end + 1);
  const isLocal = !paths.some((path) => /^[^/]*:/.test(path));
  const updatesFiles = filesTransferred > created.files;
  const inplace = has(words, ['--inplace']);
  const copiesWhole = has(words, ['--whole-file'], 'W') || (isLocal && !has(words, ['--no-whole-file', '--no-W']));
  const found: Readonly<Record<EfficiencyHint['hint'], boolean>> = {
    wholeFile: updatesFiles && copiesWhole && !has(words, ['--dry-run'], 'n'),
    sparseInplace: inplace && updatesFiles && has(words, ['--sparse'], 'S'),
    linkedInplace: inplace && updatesFiles && has(words, ['--hard-links'], 'H'),
  };
  const hints = (Object.keys(messages) as EfficiencyHint['hint'][]).filter((hint) => found[hint]);
  return {
    literalBytes,
    matchedBytes,
    wholeFileBytes,
    literalShare: wholeFileBytes === 0 ? undefined : literalBytes / wholeFileBytes,
    hints: hints.map((hint) => ({ hint, message: messages[hint] })),
  };
}

/**
 * Writes an efficiency down, a line for the figures and one for each hint.
 *
 * @example
 * ```ts
 * const { efficiency } = await rsync.sync({ source: '/data/', destination: '/backup/data/' });
 * console.log(formatRsyncEfficiency(efficiency));
 * ```
 */
export function formatRsyncEfficiency(efficiency: SyncEfficiency): string {
  const { hints, literalBytes, literalShare, matchedBytes, wholeFileBytes } = efficiency;
  const share = literalShare === undefined ? 'no file was copied' : `${(literalShare * 100).toFixed(1)} % was new`;
  const figures =
    `${String(literalBytes)} bytes sent, ${String(matchedBytes)} found at the destination, ` +
    `${String(wholeFileBytes)} in whole files: ${share}`;
  return [figures, ...hints.map(({ message }) => `hint: ${message}`)].join('\n');
}
