import { ExitError, type ExitErrorOptions, type ExitErrorRule } from '@quiesce/command';
import {
  ConnectionError,
  FileIoError,
  KilledError,
  MaxDeleteError,
  OutOfSpaceError,
  PartialTransferError,
  RemoteShellError,
  SelectionError,
  UnsupportedError,
  UsageError,
  VanishedFilesError,
} from './errors.js';
import { parseFailure, parseVanished, type FileFailure } from './messages.js';
import { parseStats, type SyncStats } from './stats.js';

// ENOSPC and EDQUOT of Linux, wherever this code runs.
const outOfSpace: readonly (number | undefined)[] = [28, 122];

function linesOf<Found>(stderr: string, parse: (line: string) => Found | undefined): Found[] {
  return stderr.split('\n').flatMap((line) => parse(line) ?? []);
}

function summary(what: string, entries: readonly string[]): string | undefined {
  const [first] = entries;
  if (first === undefined) return undefined;
  return entries.length === 1 ? `${what}: ${first}` : `${what}: ${first} and ${String(entries.length - 1)} more`;
}

const tell = ({ path, reason }: FileFailure): string => `${path}: ${reason}`;

function statsOf(options: ExitErrorOptions): SyncStats | undefined {
  try {
    return options.stdout === '' ? undefined : parseStats(options.stdout);
  } catch {
    // The failure that it is about matters more.
    return undefined;
  }
}

// Each of these writes into the files themselves.
const inplaceWords = /^--(?:inplace|append|append-verify|write-devices)$/;

function failuresOf({ command, stderr }: ExitErrorOptions): FileFailure[] {
  const inplace = command.args.some((word) => inplaceWords.test(word));
  return linesOf(stderr, (line) => parseFailure(line, { inplace }));
}

function fileIo(options: ExitErrorOptions): ExitError | undefined {
  const failures = failuresOf(options);
  const full = failures.filter(({ errno }) => outOfSpace.includes(errno));
  if (full.length > 0) {
    return new OutOfSpaceError({ ...options, failures, reason: summary('no space left', full.map(tell)) });
  }
  if (options.exitCode !== 11) return undefined;
  return new FileIoError({ ...options, failures, reason: summary('gave up', failures.map(tell)) });
}

function partialTransfer(options: ExitErrorOptions): ExitError {
  const failures = failuresOf(options);
  const reason = summary('not everything was transferred', failures.map(tell));
  return new PartialTransferError({ ...options, failures, stats: statsOf(options), reason });
}

function vanishedFiles(options: ExitErrorOptions): ExitError {
  const files = linesOf(options.stderr, parseVanished);
  const reason = summary('vanished from the source', files);
  return new VanishedFilesError({ ...options, files, stats: statsOf(options), reason });
}

/** Which failures of rsync become which errors. The first rule that fits counts. See EXIT VALUES of rsync(1). */
export const rsyncErrors: readonly ExitErrorRule[] = [
  { exitCodes: [1], create: (options) => new UsageError(options) },
  { exitCodes: [3], create: (options) => new SelectionError(options) },
  { exitCodes: [4], create: (options) => new UnsupportedError(options) },
  // A receiver that ran out of space may take the sender down with it before its own code counts: then 10 or 12.
  { exitCodes: [10, 12], create: (options) => fileIo(options) ?? new ConnectionError({ ...options, timedOut: false }) },
  { exitCodes: [5], create: (options) => new ConnectionError({ ...options, timedOut: false }) },
  { exitCodes: [30, 35], create: (options) => new ConnectionError({ ...options, timedOut: true }) },
  // Without room for one block a file fails and the run with it (11); without room for one more file only that (23).
  { exitCodes: [11, 23], create: (options) => fileIo(options) ?? partialTransfer(options) },
  { exitCodes: [24], create: vanishedFiles },
  {
    exitCodes: [25],
    stderr: /^Deletions stopped due to --max-delete limit \((?<skipped>\d+) skipped\)$/m,
    create: (options, { skipped }) => new MaxDeleteError({ ...options, skipped: Number(skipped) }),
  },
  { exitCodes: [25], create: (options) => new MaxDeleteError({ ...options, skipped: undefined }) },
  { exitCodes: [15, 16, 19, 20], create: (options) => new KilledError(options) },
  // 255 is what ssh says when it has no connection.
  { exitCodes: [124, 125, 126, 127, 255], create: (options) => new RemoteShellError(options) },
  {
    // Without a code a signal ended it; a shell or sudo in between makes of that a code over 128.
    create: (options) =>
      options.exitCode === undefined || options.exitCode > 128 ? new KilledError(options) : new ExitError(options),
  },
];
