import * as z from 'zod';
import type { BackupReport, CopyReport, DomainReport, VolumeReport } from '../lvm-to-zfs-backup/report/report.js';

/** A moment, in JSON the text that `Date` makes of itself. */
const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/**
 * What JSON leaves out where it is undefined. The transform is for the type, whose key is there.
 */
function maybe<Output, Input>(shape: z.ZodType<Output, Input>): z.ZodType<Output | undefined, Input | undefined> {
  return shape.optional().transform((value) => value);
}

const outcome = z.enum(['success', 'failed', 'aborted']).describe('How a run or a part of it ended.');
const ms = z.number().describe('Milliseconds.');
const sinceStart = z.number().describe('Milliseconds since the start of the run.');
const count = z.number().int().nonnegative();
const bytes = count.describe('Bytes.');

const steps = z.enum([
  ...(['reconcile', 'preflight', 'prepare', 'flush', 'suspend', 'lvm-snapshot', 'resume', 'zfs-snapshot'] as const),
  ...(['check', 'mount', 'copy', 'checksums', 'verify', 'unmount', 'remove', 'host-root', 'hook'] as const),
]);

const fileCounts = z.object({
  ...{ total: count, files: count, directories: count, symbolicLinks: count, devices: count, specials: count },
});

const stats = z.object({
  ...{ found: fileCounts, created: fileCounts, deleted: fileCounts },
  filesTransferred: count,
  totalFileSizeBytes: bytes,
  transferredFileSizeBytes: bytes,
  literalBytes: bytes.describe('Bytes that had to be written.'),
  matchedBytes: bytes.describe('Bytes of changed files that the target had already.'),
  ...{ sentBytes: bytes, receivedBytes: bytes, speedup: z.number() },
});

const copy: z.ZodType<CopyReport> = z
  .object({
    ...{ source: z.string(), folder: z.string(), outcome, startedMs: sinceStart, durationMs: ms, stats: maybe(stats) },
  })
  .describe('What rsync did.');

const domain: z.ZodType<DomainReport> = z
  .object({
    name: z.string(),
    stateBefore: z.string().describe('State before the run, as libvirt names it.'),
    flushed: z.boolean().describe('Whether the guest was told to write out its buffers.'),
    suspended: z.boolean().describe('Whether this run told it to pause, and it did not refuse.'),
    suspendedAt: maybe(moment),
    resumedAt: maybe(moment),
    pausedMs: maybe(ms.describe('Milliseconds from the request to pause it until it was seen running.')),
    runningAfter: maybe(z.boolean().describe('Whether it was seen running after the pause.')),
  })
  .describe('What happened to one guest.');

const volume: z.ZodType<VolumeReport> = z
  .object({
    volume: z.string(),
    outcome,
    complete: z.boolean().describe('Whether its folder in the target holds every byte of it.'),
    snapshot: z.string(),
    snapshotStartedMs: maybe(sinceStart),
    snapshotRemovedMs: maybe(sinceStart),
    snapshotUsedPercent: maybe(z.number().describe('How full the snapshot was after the copy, in percent.')),
    copy: maybe(copy),
    checksums: maybe(z.object({ files: count, bytes, readBytes: bytes })),
    verification: maybe(
      z.object({
        ...{ kind: z.enum(['sampled', 'full']), files: count, bytes, differences: count },
        different: z.array(z.string()),
      }),
    ),
    snapshotRemoved: maybe(z.boolean()),
  })
  .describe('What happened to one volume.');

const step = z.object({
  ...{ step: steps, subject: z.string(), state: z.enum(['finished', 'failed']), startedMs: sinceStart, durationMs: ms },
});

const problem = z.object({
  ...{ step: steps, subject: z.string(), message: z.string() },
  error: z.string().describe("Name of the error's class."),
  fatal: z.boolean().describe('False for what does not make the whole a failure.'),
  startedMs: sinceStart,
});

const leftover = z.object({
  kind: z.enum(['domain', 'lvm-snapshot', 'mount', 'folder', 'unit']),
  name: z.string(),
  remedy: z.string().describe('Shell command that undoes it, or that shows what goes on.'),
});

/**
 * The report of a backup as it stands in JSON. Keys that are not known are passed over: a later
 * version may have more of them.
 */
export const backupReportSchema: z.ZodType<BackupReport> = z
  .object({
    version: z.literal(1),
    recipe: z.literal('lvmToZfsBackup'),
    runId: z.string(),
    dryRun: z.boolean(),
    outcome,
    startedAt: moment,
    endedAt: moment,
    durationMs: ms,
    target: z.string(),
    complete: z.boolean().describe('Whether the whole target can be restored from.'),
    zfsSnapshot: z.object({
      name: z.string(),
      made: z.boolean(),
      startedMs: maybe(sinceStart),
      holdsRun: maybe(z.string().describe('Run whose data it holds.')),
      holdsCompleteRun: maybe(z.boolean().describe('Whether that run was whole.')),
    }),
    domains: z.array(domain),
    volumes: z.array(volume),
    hostRoot: z.array(copy),
    steps: z.array(step),
    problems: z.array(problem),
    leftovers: z.array(leftover),
  })
  .describe('What lvmToZfsBackup of @quiesce/backup-recipes reports of one run.');
