import { argumentWords, checkOptions, createCommand, type Command } from '@quiesce/command';
import { checkConflicts } from './conflicts.js';
import type { SyncOptions } from './sync-options.js';
import { syncRows } from './sync-rows.js';

// What the output parser reads: numbers in full, a line at a time, and names as they are but for control characters.
const outputWords = ['--info=progress2,stats2', '--no-human-readable', '--outbuf=L', '--8-bit-output'];
const itemizeWord = '--out-format=%i %n';

/**
 * Builds the command of {@link Rsync.sync}. See rsync(1).
 *
 * @throws `InvalidArgumentError` for a path that isn't local, for options that exclude each other and for values
 * out of their limits.
 */
export function syncCommand(options: SyncOptions): Command {
  const checked = checkOptions<SyncOptions>(syncRows, options);
  const { destination, dryRun = false, extraArguments = [], itemizeChanges = false, source } = checked;
  checkConflicts(checked);
  const words = [
    ...argumentWords(syncRows, checked),
    ...extraArguments,
    ...outputWords,
    ...(itemizeChanges ? [itemizeWord] : []),
    ...['--', ...source, destination],
  ];
  // Other options may write even in a dry run, as --log-file does.
  const effect = dryRun && extraArguments.length === 0 ? 'read' : 'write';
  return createCommand('rsync', words, { effect, stop: 'kill' });
}
