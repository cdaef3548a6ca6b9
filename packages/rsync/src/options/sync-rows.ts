import { InvalidArgumentError, type Rows, type TextRow } from '@quiesce/command';
import { batchRows } from './batch.js';
import { compareRows } from './compare.js';
import { connectionRows } from './connection.js';
import { deleteRows } from './delete.js';
import { destinationRows } from './destination.js';
import { checkEndpoint, checkSources } from './endpoints.js';
import { fileListRow } from './file-list.js';
import { keepRows } from './keep.js';
import { limitsRows } from './limits.js';
import { selectRows } from './select.js';
import type { RsyncOptions } from './sync-options.js';
import { transferRows } from './transfer.js';

// With these rsync copies nothing, or tells nothing of what it does, and calls that a success.
const mute = /^(?:--(?:daemon|dry-run|help|list-only|quiet|server|version)$|--only-write-batch=|-[^-BMTef@]*[nqV])/;

function checkExtraArgument(argument: string, value: string): string {
  // A word that is no option would be taken for a source, and `--` would make sources of the
  // options after it.
  if (mute.test(value)) {
    const copies = 'an option with which rsync copies, and tells what: this client reads it';
    throw new InvalidArgumentError({ argument, value, expected: copies });
  }
  if (/^-[^]/.test(value) && value !== '--' && !value.includes('\0')) return value;
  const expected = 'one option in one word, as "--qsort" or "--info=skip2"';
  throw new InvalidArgumentError({ argument, value, expected });
}

const extraArgument: TextRow = { kind: 'text', check: checkExtraArgument, sample: '--qsort' };

/** Which option of rsync each property is, in the order in which the words are written. */
export const rsyncRows: Rows<RsyncOptions> = {
  files: fileListRow,
  ...keepRows,
  ...transferRows,
  ...destinationRows,
  ...deleteRows,
  ...selectRows,
  ...compareRows,
  ...limitsRows,
  ...connectionRows,
  ...batchRows,
  dryRun: { kind: 'flag', guard: true, option: '--dry-run' },
  itemizeChanges: { kind: 'flag' },
  maximumChanges: { kind: 'integer' },
  vanishedFiles: { kind: 'choice', values: ['error', 'warn'] },
  skippedDirectories: { kind: 'choice', values: ['error', 'warn'] },
  partialTransfer: { kind: 'choice', values: ['error', 'warn'] },
  maxDeleteReached: { kind: 'choice', values: ['error', 'warn'] },
  extraArguments: { kind: 'list', each: extraArgument, mayBeEmpty: true },
  source: { kind: 'other', check: checkSources, sample: '/data/', required: true },
  destination: { kind: 'other', check: checkEndpoint, sample: '/backup/', required: true },
};
