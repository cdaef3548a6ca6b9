import { OutputParseError } from '@quiesce/command';
import * as z from 'zod';
import type { PoolScan, PoolStatus, Vdev } from './pool-status.js';

const integer = z.string().regex(/^\d+$/).transform(Number).pipe(z.int());
const time = integer.transform((seconds) => (seconds === 0 ? undefined : new Date(seconds * 1000)));
// zpool has broken and indented these for its table.
const sentences = z.string().transform((text) => text.replaceAll(/\s+/g, ' ').trim());

const vdevs = z.lazy(() => z.record(z.string(), vdev).transform((byName) => Object.values(byName)));

const vdev: z.ZodType<Vdev> = z
  .object({
    name: z.string(),
    // What a draid vdev lacks in some releases.
    vdev_type: z.string().optional(),
    class: z.string().default('normal'),
    state: z.string().optional(),
    guid: z.string().optional(),
    path: z.string().optional(),
    read_errors: integer.optional(),
    write_errors: integer.optional(),
    checksum_errors: integer.optional(),
    vdevs: vdevs.default([]),
  })
  .transform((wire) => ({
    name: wire.name,
    type: wire.vdev_type,
    class: wire.class,
    state: wire.state,
    guid: wire.guid,
    path: wire.path,
    readErrors: wire.read_errors,
    writeErrors: wire.write_errors,
    checksumErrors: wire.checksum_errors,
    children: wire.vdevs,
  }));

const scan = z
  .object({
    function: z.string(),
    state: z.string(),
    start_time: time,
    end_time: time,
    scrub_pause: time.optional(),
    to_examine: integer,
    skipped: integer.default(0),
    issued: integer,
    processed: integer,
    errors: integer,
  })
  .transform((wire): PoolScan => {
    const toIssue = wire.to_examine - wire.skipped;
    return {
      function: wire.function,
      state: wire.state,
      startedAt: wire.start_time,
      endedAt: wire.end_time,
      // One that was stopped while it was paused keeps the time.
      pausedAt: wire.state === 'SCANNING' ? wire.scrub_pause : undefined,
      totalBytes: wire.to_examine,
      issuedBytes: wire.issued,
      repairedBytes: wire.processed,
      errors: wire.errors,
      progress: wire.state === 'FINISHED' ? 1 : toIssue <= 0 ? 0 : Math.min(1, wire.issued / toIssue),
    };
  });

const pool = z
  .object({
    name: z.string(),
    pool_guid: z.string(),
    state: z.string(),
    status: sentences.optional(),
    action: sentences.optional(),
    scan_stats: scan.optional(),
    vdevs,
    special: vdevs.default([]),
    dedup: vdevs.default([]),
    logs: vdevs.default([]),
    l2cache: vdevs.default([]),
    spares: vdevs.default([]),
    error_count: integer.optional(),
  })
  .transform((wire): PoolStatus => ({
    name: wire.name,
    guid: wire.pool_guid,
    state: wire.state,
    message: wire.status,
    action: wire.action,
    scan: wire.scan_stats,
    vdevs: [
      // The one vdev of type root is the pool itself.
      ...wire.vdevs.flatMap(({ children }) => children),
      ...[...wire.special, ...wire.dedup, ...wire.logs, ...wire.l2cache, ...wire.spares],
    ],
    dataErrors: wire.error_count,
  }));

const output = z.object({ pools: z.record(z.string(), pool).default({}) }) satisfies z.ZodType<{
  pools: Record<string, PoolStatus>;
}>;

/** Reads what the command of {@link PoolMethods.status} prints. */
export function parseZpoolStatus(stdout: string): PoolStatus[] {
  let json: unknown;
  try {
    json = JSON.parse(stdout);
  } catch (cause) {
    throw new OutputParseError('zpool status printed no JSON', { text: stdout, cause });
  }
  const { data, error } = output.safeParse(json);
  if (data !== undefined) return Object.values(data.pools);
  const [issue] = error.issues;
  const where = issue === undefined ? '' : ` at ${issue.path.join('.')}: ${issue.message}`;
  throw new OutputParseError(`zpool status is not as expected${where}`, { text: stdout, cause: error });
}
