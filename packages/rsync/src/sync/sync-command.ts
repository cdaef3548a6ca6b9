import { argumentWords, checkOptions, createCommand, type Command } from '@quiesce/command';
import { checkConflicts } from '../options/conflicts.js';
import type { RsyncOptions } from '../options/sync-options.js';
import { rsyncRows } from '../options/sync-rows.js';

// What the output parser reads: numbers in full, a line at a time, and names as they are but for
// control characters.
const outputWords = ['--info=progress2,stats2', '--no-human-readable', '--outbuf=L', '--8-bit-output'];
const itemizeWord = '--out-format=%i %n';

/**
 * Builds the command of {@link Rsync.sync}. See rsync(1).
 *
 * @throws `InvalidArgumentError` for a path that isn't local, for options that exclude each other
 * and for values out of their limits.
 */
export function rsyncCommand(options: RsyncOptions): Command {
  const checked = checkOptions<RsyncOptions>(rsyncRows, options);
  const { destination, dryRun = false, extraArguments = [], itemizeChanges = false, source } = checked;
  checkConflicts(checked);
  const words = [
    ...argumentWords(rsyncRows, checked),
    ...extraArguments,
    ...outputWords,
    ...(itemizeChanges ? [itemizeWord] : []),
    ...['--', ...source, destination],
  ];
  // Other options may write even in a dry run, as --log-file does.
  const effect = dryRun && extraArguments.length === 0 ? 'read' : 'write';
  return createCommand('rsync', words, { effect, stop: 'kill' });
}
