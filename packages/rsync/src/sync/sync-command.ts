import { argumentWords, checkOptions, createCommand, type Command } from '@quiesce/command';
import { checkConflicts } from '../options/conflicts.js';
import type { RsyncOptions } from '../options/sync-options.js';
import { fileListInput, fileListWords } from '../options/file-list.js';
import { rsyncRows } from '../options/sync-rows.js';
import { rsyncDiffRows, type RsyncDiffOptions } from './diff-options.js';

// What the output parser reads: numbers in full, a line at a time, and names as they are but for
// control characters.
const outputWords = ['--no-human-readable', '--outbuf=L', '--8-bit-output'];
const itemizeWord = '--out-format=%i %n';
// The names of what a difference is about end with two slashes, which no path of rsync's has.
const differenceWord = '--out-format=%i %l %n//%L';

function build(checked: RsyncOptions, words: readonly string[]): Command {
  const { destination, dryRun = false, extraArguments = [], files, source } = checked;
  checkConflicts(checked);
  const args = [
    ...argumentWords(rsyncRows, checked),
    ...extraArguments,
    ...(files === undefined ? [] : fileListWords),
    ...words,
    ...['--', ...(typeof source === 'string' ? [source] : source), destination],
  ];
  // Other options may write even in a dry run, as --log-file does.
  const effect = dryRun && extraArguments.length === 0 ? 'read' : 'write';
  return createCommand('rsync', args, {
    effect,
    stop: 'kill',
    ...(files !== undefined && { stdin: fileListInput(files) }),
  });
}

/**
 * Builds the command of {@link Rsync.sync}. See rsync(1).
 *
 * @throws `InvalidArgumentError` for a path that isn't local, for options that exclude each other
 * and for values out of their limits.
 */
export function rsyncCommand(options: RsyncOptions): Command {
  const checked = checkOptions<RsyncOptions>(rsyncRows, options);
  const itemize = checked.itemizeChanges === true ? [itemizeWord] : [];
  return build(checked, ['--info=progress2,stats2', ...outputWords, ...itemize]);
}

/**
 * Builds the command of {@link Rsync.diff}. See rsync(1).
 *
 * @throws `InvalidArgumentError` as {@link rsyncCommand}.
 */
export function rsyncDiffCommand(options: RsyncDiffOptions): Command {
  const checked = checkOptions<RsyncDiffOptions>(rsyncDiffRows, options);
  return build({ ...checked, dryRun: true }, ['--info=stats2', ...outputWords, differenceWord]);
}
