import { checkOptions, createCommand, type Checked, type Command } from '@quiesce/command';
import { checkConflicts } from '../options/conflicts.js';
import { endpointWords, remoteOptionWord, requireOneLine } from '../options/endpoint-words.js';
import { optionWords } from '../options/option-words.js';
import type { RsyncEndpoint } from '../options/remote.js';
import type { RsyncOptions } from '../options/sync-options.js';
import { fileList, fileListWords } from '../options/file-list.js';
import { rsyncRows } from '../options/sync-rows.js';
import { stopAtEnvironment } from '../options/times.js';
import { rsyncDiffRows, type RsyncDiffOptions } from './diff-options.js';

// What the output parser reads: numbers in full, a line at a time, and names as they are but for
// control characters.
const outputWords = ['--no-human-readable', '--outbuf=L', '--8-bit-output'];
const itemizeWord = '--out-format=%i %n';
// The names of what a difference is about end with two slashes, which no path of rsync's has.
const differenceWord = '--out-format=%i %l %n//%L';

/** Whether a dry run with these options only reads. */
const onlyReads = ({ dryRun, extraArguments = [], logFile, remoteOptions }: Checked<RsyncOptions>): boolean =>
  dryRun === true && extraArguments.length === 0 && logFile === undefined && remoteOptions === undefined;

function build(checked: Checked<RsyncOptions>, words: readonly string[]): Command {
  const { destination, extraArguments = [], files, readBatch, remoteOptions, stopAt } = checked;
  checkConflicts(checked);
  const given: readonly RsyncEndpoint[] = readBatch === undefined ? [checked.source].flat() : [];
  const [first] = given;
  const listed = files === undefined || first === undefined ? undefined : fileList(files, first);
  const endpoints = endpointWords(listed === undefined ? given : [listed.source], destination);
  // What the remote shell gets of them is not quoted by rsync with the old arguments.
  const isShell = endpoints.options.includes('--old-args') && remoteOptions !== undefined;
  const quoted = isShell ? { ...checked, remoteOptions: remoteOptions.map(remoteOptionWord) } : checked;
  const chosen = [...optionWords(quoted), ...extraArguments];
  if (endpoints.options.includes('--old-args')) requireOneLine(chosen);
  const list = listed === undefined ? [] : fileListWords.filter((word) => !chosen.includes(word));
  const effect = onlyReads(checked) ? 'read' : 'write';
  return createCommand('rsync', [...chosen, ...list, ...words, ...endpoints.options, '--', ...endpoints.paths], {
    effect,
    stop: 'kill',
    ...(listed !== undefined && { stdin: listed.stdin }),
    ...(stopAt !== undefined && { env: stopAtEnvironment }),
  });
}

/**
 * Builds the command of {@link Rsync.sync}. See rsync(1).
 *
 * @throws `InvalidArgumentError` for a path that is neither local nor clearly another machine's,
 * for options that exclude each other and for values out of their limits.
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
