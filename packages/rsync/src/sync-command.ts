import { createCommand, InvalidArgumentError, type Command } from '@quiesce/command';
import { checkEach } from './argument-rows.js';
import { checkConflicts } from './conflicts.js';
import { checkLocalPath } from './paths.js';
import { syncArgumentWords } from './sync-arguments.js';
import type { SyncOptions } from './sync-options.js';

// What the output parser reads: numbers in full, a line at a time, and names as they are but for control characters.
const outputWords = ['--info=progress2,stats2', '--no-human-readable', '--outbuf=L', '--8-bit-output'];
const itemizeWord = '--out-format=%i %n';

function sourcesOf({ source }: SyncOptions): string[] {
  if (typeof source === 'string') return [checkLocalPath('source', source)];
  if (source.length === 0)
    throw new InvalidArgumentError({ argument: 'source', value: '', expected: 'one path or more' });
  return checkEach('source', source, checkLocalPath);
}

function checkExtraArgument(argument: string, value: string): string {
  // A word that is no option would be taken for a source, and `--` would make sources of the options after it.
  if (!/^-[^]/.test(value) || value === '--') {
    const expected = 'one option in one word, as "--fuzzy" or "--chmod=D755"';
    throw new InvalidArgumentError({ argument, value, expected });
  }
  return value;
}

/**
 * Builds the command of {@link Rsync.sync}. See rsync(1).
 *
 * @throws `InvalidArgumentError` for a path that isn't local, for options that exclude each other and for values
 * out of their limits.
 */
export function syncCommand(options: SyncOptions): Command {
  const { destination, dryRun = false, itemizeChanges = false, extraArguments = [] } = options;
  checkConflicts(options);
  const words = [
    ...syncArgumentWords(options),
    ...checkEach('extraArguments', extraArguments, checkExtraArgument),
    ...outputWords,
    ...(itemizeChanges ? [itemizeWord] : []),
    '--',
    ...sourcesOf(options),
    checkLocalPath('destination', destination),
  ];
  // Other options may write even in a dry run, as --log-file does.
  const effect = dryRun && extraArguments.length === 0 ? 'read' : 'write';
  return createCommand('rsync', words, { effect, stop: 'kill' });
}
