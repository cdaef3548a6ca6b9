import { ruleWith, type ExitErrorOptions, type ExitErrorRule } from '@quiesce/command';
import {
  ConnectionError,
  DaemonRefusedError,
  FileIoError,
  KilledError,
  MaxDeleteError,
  OutOfMemoryError,
  OutOfSpaceError,
  PartialTransferError,
  ProtocolError,
  RemoteShellError,
  RsyncError,
  SelectionError,
  StopTimeReachedError,
  UnsupportedError,
  UsageError,
  VanishedFilesError,
} from './errors.js';
import type { FileName } from './output/file-name.js';
import { parseRsyncFailure, parseRsyncVanished, type FileFailure } from './output/messages.js';
import { parseRsyncStats, type SyncStats } from './output/stats.js';

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

const nameOf = ({ path }: FileName): string => path;
const tell = ({ path, reason }: FileFailure): string => `${path}: ${reason}`;

function statsOf(options: ExitErrorOptions): SyncStats | undefined {
  try {
    return options.stdout === '' ? undefined : parseRsyncStats(options.stdout);
  } catch {
    // The failure that it is about matters more.
    return undefined;
  }
}

// Each of these writes into the files themselves.
const inplaceWords = /^--(?:inplace|append|append-verify|write-devices)$/;

function failuresOf({ command, stderr }: ExitErrorOptions): FileFailure[] {
  const inplace = command.args.some((word) => inplaceWords.test(word));
  return linesOf(stderr, (line) => parseRsyncFailure(line, { inplace }));
}

function fileIo(options: ExitErrorOptions): RsyncError | undefined {
  const failures = failuresOf(options);
  const full = failures.filter(({ errno }) => outOfSpace.includes(errno));
  if (full.length > 0) {
    return OutOfSpaceError.create({ ...options, reason: summary('no space left', full.map(tell)) }, { failures });
  }
  if (options.exitCode !== 11) return undefined;
  return FileIoError.create({ ...options, reason: summary('gave up', failures.map(tell)) }, { failures });
}

function partialTransfer(options: ExitErrorOptions): RsyncError {
  const failures = failuresOf(options);
  const reason = summary('not everything was transferred', failures.map(tell));
  return PartialTransferError.create({ ...options, reason }, { failures, stats: statsOf(options) });
}

function vanishedFiles(options: ExitErrorOptions): RsyncError | undefined {
  const files = linesOf(options.stderr, parseRsyncVanished);
  if (files.length === 0 && options.exitCode !== 24) return undefined;
  const reason = summary('vanished from the source', files.map(nameOf));
  return VanishedFilesError.create({ ...options, reason }, { files, stats: statsOf(options) });
}

const deletionsStopped = /^Deletions stopped due to --max-delete limit \((?<skipped>\d+) skipped\)$/m;

function maxDelete(options: ExitErrorOptions): RsyncError | undefined {
  const skipped = deletionsStopped.exec(options.stderr)?.groups?.['skipped'];
  if (skipped === undefined && options.exitCode !== 25) return undefined;
  return MaxDeleteError.create(options, { skipped: skipped === undefined ? undefined : Number(skipped) });
}

const notThere = 2;

/** Whether a failure is that of a file which vanished: its attributes could not be read either. */
function isOfVanished({ errno, path }: FileFailure, vanished: readonly FileName[]): boolean {
  return errno === notThere && vanished.some((file) => file.path === path || file.path.endsWith(`/${path}`));
}

/**
 * All that a run of exit code 23, 24 or 25 failed in, the worst first. The code names one of them:
 * that a file vanished hides that a source is missing.
 */
export function incompleteErrors(options: ExitErrorOptions): readonly RsyncError[] {
  const vanished = linesOf(options.stderr, parseRsyncVanished);
  const isPartial = options.exitCode === 23 || failuresOf(options).some((failure) => !isOfVanished(failure, vanished));
  const files = fileIo(options) ?? (isPartial ? partialTransfer(options) : undefined);
  return [files, maxDelete(options), vanishedFiles(options)].filter((error) => error !== undefined);
}

// Without a password rsync asks for one first, which nobody here can answer.
const daemonRefusal = /^(?:(?:Password: )?@ERROR|ERROR(?=: module is )): (?<refusal>.+)$/m;

// An rsync before 3.5 makes 12 of the 127 of a shell that finds no rsync.
const notFound =
  /(?:not found\.?|No such file or directory|Permission denied)\nrsync: connection unexpectedly closed \(0 bytes received so far\)/;

// ssh ends with 255 where it gets no connection, and where it loses one. Without one the other end
// never spoke.
const neverSpoke = /\(0 bytes received so far\)|safe_write failed to write/;
// What ssh says, with a ServerAliveInterval and without.
const unanswered = /^Timeout, server .* not responding/m;
const timedOut = /^Timeout, server .* not responding|^Connection to .* timed out|Connection timed out\r?$/m;

const lost = (options: ExitErrorOptions): RsyncError =>
  ConnectionError.create(options, { timedOut: timedOut.test(options.stderr) });

/**
 * Which failures of rsync become which errors. The first rule that fits counts. See EXIT VALUES of
 * rsync(1).
 */
export const rsyncErrors: readonly ExitErrorRule[] = [
  // A daemon's words come before the verdict of this side: `@ERROR: Unknown module 'x'` with 5,
  // `ERROR: module is read only` with 1.
  ruleWith(DaemonRefusedError, { exitCodes: [1, 5, 10, 12], stderr: daemonRefusal }, ({ refusal = '' }) => ({
    refusal,
    reason: `the daemon refuses: ${refusal}`,
  })),
  ruleWith(UsageError, { exitCodes: [1] }, () => ({})),
  ruleWith(SelectionError, { exitCodes: [3] }, () => ({})),
  ruleWith(UnsupportedError, { exitCodes: [4] }, () => ({})),
  ruleWith(ProtocolError, { exitCodes: [2] }, () => ({})),
  ruleWith(StopTimeReachedError, { exitCodes: [30], stderr: /^stopping at requested limit$/m }, () => ({})),
  ruleWith(OutOfMemoryError, { exitCodes: [22] }, () => ({})),
  ruleWith(RemoteShellError, { exitCodes: [12], stderr: notFound }, () => ({})),
  // A receiver that ran out of space may take the sender down with it before its own code counts:
  // then 10 or 12.
  { exitCodes: [10, 12], create: (options) => fileIo(options) ?? lost(options) },
  { exitCodes: [5], create: lost },
  ruleWith(ConnectionError, { exitCodes: [30, 35] }, () => ({ timedOut: true })),
  // Without room for one block a file fails and the run with it (11); without room for one more
  // file only that (23).
  { exitCodes: [11], create: (options) => fileIo(options) ?? partialTransfer(options) },
  { exitCodes: [23, 24, 25], create: (options) => incompleteErrors(options)[0] ?? RsyncError.create(options) },
  ruleWith(KilledError, { exitCodes: [15, 16, 19, 20] }, () => ({})),
  ruleWith(RemoteShellError, { exitCodes: [124, 125, 126, 127] }, () => ({})),
  {
    exitCodes: [255],
    create: (options) => {
      const isUnreached = neverSpoke.test(options.stderr) && !unanswered.test(options.stderr);
      return isUnreached ? RemoteShellError.create(options) : (fileIo(options) ?? lost(options));
    },
  },
  {
    // Without a code a signal ended it; a shell or sudo in between makes of that a code over 128.
    create: (options) => {
      const isKilled = options.exitCode === undefined || options.exitCode > 128;
      return isKilled ? KilledError.create(options) : RsyncError.create(options);
    },
  },
];
