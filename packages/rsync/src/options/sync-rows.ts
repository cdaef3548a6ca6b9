import { InvalidArgumentError, type Rows, type TextRow } from '@quiesce/command';
import { fileListRow } from './file-list.js';
import { checkModes } from './modes.js';
import { checkLocalPath, checkPath } from './paths.js';
import { checkExclude, checkFilter } from './patterns.js';
import type { RsyncOptions } from './sync-options.js';

// bwlimit is an int of KiB inside rsync.
const maximumBandwidthBytes = 2 ** 31 * 1024 - 1024;
const maximumInt = 2 ** 31 - 1;

function checkExtraArgument(argument: string, value: string): string {
  // A word that is no option would be taken for a source, and `--` would make sources of the
  // options after it.
  if (/^-[^]/.test(value) && value !== '--' && !value.includes('\0')) return value;
  const expected = 'one option in one word, as "--fuzzy" or "--backup-dir=/old"';
  throw new InvalidArgumentError({ argument, value, expected });
}

const filter: TextRow = { kind: 'text', check: checkFilter, sample: '- *.tmp' };
const exclude: TextRow = { kind: 'text', check: checkExclude, sample: '*.tmp' };
const extraArgument: TextRow = { kind: 'text', check: checkExtraArgument, sample: '--fuzzy' };
const modes: TextRow = { kind: 'text', check: checkModes, sample: 'D755' };
const localPath: TextRow = { kind: 'text', check: checkLocalPath, sample: '/data/' };

/** Which option of rsync each property is, in the order in which the words are written. */
export const rsyncRows: Rows<RsyncOptions> = {
  files: fileListRow,
  archive: { kind: 'flag', option: '--archive' },
  recursive: { kind: 'flag', option: '--recursive' },
  oneFileSystem: { kind: 'flag', guard: true, option: '--one-file-system' },
  hardLinks: { kind: 'flag', option: '--hard-links' },
  acls: { kind: 'flag', option: '--acls' },
  xattrs: { kind: 'flag', option: '--xattrs' },
  numericIds: { kind: 'flag', option: '--numeric-ids' },
  chmod: { kind: 'one-or-many', option: '--chmod=', each: modes, join: ',' },
  wholeFile: { kind: 'flag', option: '--whole-file', off: '--no-whole-file' },
  inplace: { kind: 'flag', option: '--inplace' },
  sparse: { kind: 'flag', option: '--sparse' },
  partialDir: { kind: 'text', option: '--partial-dir=', check: checkPath, sample: '.part' },
  delete: { kind: 'flag', option: '--delete' },
  deleteExcluded: { kind: 'flag', option: '--delete-excluded' },
  maxDelete: { kind: 'integer', guard: true, option: '--max-delete=', maximum: maximumInt },
  filters: { kind: 'one-or-many', guard: true, option: '--filter=', each: filter, mayBeEmpty: true },
  excludes: { kind: 'one-or-many', guard: true, option: '--exclude=', each: exclude, mayBeEmpty: true },
  excludeFrom: { kind: 'text', guard: true, option: '--exclude-from=', check: checkPath, sample: '/etc/excludes' },
  checksum: { kind: 'flag', option: '--checksum' },
  modifyWindowSeconds: { kind: 'integer', option: '--modify-window=', minimum: -1, maximum: maximumInt },
  compress: { kind: 'flag', option: '--compress' },
  bandwidthLimitBytesPerSecond: {
    kind: 'integer',
    option: '--bwlimit=',
    unit: 'b',
    minimum: 1024,
    maximum: maximumBandwidthBytes,
  },
  ioTimeoutSeconds: { kind: 'integer', option: '--timeout=', minimum: 1, maximum: maximumInt },
  dryRun: { kind: 'flag', guard: true, option: '--dry-run' },
  itemizeChanges: { kind: 'flag' },
  maximumChanges: { kind: 'integer' },
  vanishedFiles: { kind: 'choice', values: ['error', 'warn'] },
  skippedDirectories: { kind: 'choice', values: ['error', 'warn'] },
  partialTransfer: { kind: 'choice', values: ['error', 'warn'] },
  maxDeleteReached: { kind: 'choice', values: ['error', 'warn'] },
  extraArguments: { kind: 'list', each: extraArgument, mayBeEmpty: true },
  source: { kind: 'one-or-many', each: localPath, required: true },
  destination: { ...localPath, required: true },
};
