import { checkOptions, createCommand, InvalidArgumentError, type Checked, type Command } from '@quiesce/command';
import { checkConflicts } from '../options/conflicts.js';
import { endpointWords, remoteOptionWord } from '../options/endpoint-words.js';
import { optionWords } from '../options/option-words.js';
import type { RsyncEndpoint } from '../options/remote.js';
import type { RsyncOptions } from '../options/sync-options.js';
import { rsyncRows } from '../options/sync-rows.js';
import { stopAtEnvironment } from '../options/times.js';

// What the output parser reads: numbers in full, a line at a time, and names as they are but for
// control characters.
const outputWords = ['--info=progress2,stats2', '--no-human-readable', '--outbuf=L', '--8-bit-output'];
const itemizeWord = '--out-format=%i %n';

/** Options whose words the protocol carries, or nobody but the rsync here reads. */
const staysHere = /^--(?:filter|include|exclude|include-from|exclude-from|files-from|rsh|rsync-path)=/;

/** rsync escapes a line break for the remote shell by a backslash, and the shell drops both. */
function requireOneLine(words: readonly string[]): void {
  const broken = words.find((word) => word.includes('\n') && !staysHere.test(word));
  if (broken === undefined) return;
  const expected = 'no line break in what a remote shell gets: only source and destination may have them';
  throw new InvalidArgumentError({ argument: 'options', value: broken, expected });
}

/** Whether a dry run with these options only reads. */
const onlyReads = ({ dryRun, extraArguments = [], logFile, remoteOptions }: Checked<RsyncOptions>): boolean =>
  dryRun === true && extraArguments.length === 0 && logFile === undefined && remoteOptions === undefined;

/**
 * Builds the command of {@link Rsync.sync}. See rsync(1).
 *
 * @throws `InvalidArgumentError` for a path that is neither local nor clearly another machine's,
 * for options that exclude each other and for values out of their limits.
 */
export function rsyncCommand(options: RsyncOptions): Command {
  const checked = checkOptions<RsyncOptions>(rsyncRows, options);
  const { destination, extraArguments = [], itemizeChanges = false, readBatch, remoteOptions, stopAt } = checked;
  checkConflicts(checked);
  const sources: readonly RsyncEndpoint[] = readBatch === undefined ? [checked.source].flat() : [];
  const endpoints = endpointWords(sources, destination);
  // What the remote shell gets of them is not quoted by rsync with the old arguments.
  const isShell = endpoints.options.includes('--old-args') && remoteOptions !== undefined;
  const quoted = isShell ? { ...checked, remoteOptions: remoteOptions.map(remoteOptionWord) } : checked;
  const given = [...optionWords(quoted), ...extraArguments];
  if (endpoints.options.includes('--old-args')) requireOneLine(given);
  const words = [
    ...given,
    ...outputWords,
    ...(itemizeChanges ? [itemizeWord] : []),
    ...endpoints.options,
    '--',
    ...endpoints.paths,
  ];
  const effect = onlyReads(checked) ? 'read' : 'write';
  return createCommand('rsync', words, {
    effect,
    stop: 'kill',
    ...(stopAt !== undefined && { env: stopAtEnvironment }),
  });
}
