import { checkOptions, type CallOptions, type CommandRunner, type Rows } from '@quiesce/command';
import { PoolSuspendedError } from '../../errors/pool-errors.js';
import { NoScrubError, ScrubStoppedError } from '../../errors/scan-errors.js';
import { poolRow } from '../pool-row.js';
import type { PoolScan, PoolStatus } from '../pool-status.js';
import { withDeadline } from '../../deadline.js';
import { progressRow } from '../../progress-row.js';
import { readPoolStatus, zpoolStatusCommand } from '../zpool-status.js';

/** What {@link PoolMethods.waitForScrub} takes. */
export interface WaitForScrubOptions extends CallOptions {
  /** The pool that is scrubbed. */
  readonly pool: string;
  /** Is told how far the scrub is, each time that zpool was asked. */
  readonly onProgress?: (scan: PoolScan) => void;
  /**
   * Milliseconds between two questions.
   * @default 1000
   */
  readonly intervalMs?: number;
}

/** Of {@link WaitForScrubOptions} all but `onProgress`: tests take any function for wrong. */
export const waitForScrubRows: Rows<Omit<WaitForScrubOptions, 'onProgress'>> = {
  pool: { ...poolRow, required: true },
  intervalMs: { kind: 'integer', minimum: 1, maximum: 2 ** 31 - 1, sample: 500 },
};

/** All rows of {@link WaitForScrubOptions}. */
export const allWaitForScrubRows: Rows<WaitForScrubOptions> = { ...waitForScrubRows, onProgress: progressRow };

/** Whether a scan is the same as one that was seen before: a scrub keeps when it began. */
function isOther(scan: PoolScan, before: PoolScan | undefined): boolean {
  if (scan.function !== 'SCRUB') return true;
  const [now, then] = [scan.startedAt?.getTime(), before?.startedAt?.getTime()];
  return now !== undefined && then !== undefined && now !== then;
}

/** Waits until the scrub of a pool is over. */
export async function waitForScrub(zpool: CommandRunner, options: WaitForScrubOptions): Promise<PoolScan> {
  const {
    intervalMs = 1000,
    onProgress,
    pool,
    ...call
  } = checkOptions<WaitForScrubOptions>(allWaitForScrubRows, options);
  const command = zpoolStatusCommand({ pools: pool });
  const about = (reason: string): ConstructorParameters<typeof NoScrubError>[0] => ({
    ...{ command, exitCode: 0, stdout: '', stderr: '', reason },
  });
  return withDeadline(call, command, async (deadline) => {
    let before: PoolScan | undefined;
    for (;;) {
      const [status]: (PoolStatus | undefined)[] = await readPoolStatus(zpool, { ...deadline.call(), pools: pool });
      if (status?.state === 'SUSPENDED') throw PoolSuspendedError.create(about(`the pool ${pool} is suspended`));
      const scan = status?.scan;
      if (scan === undefined || (before === undefined && scan.function !== 'SCRUB')) {
        throw NoScrubError.create(about(`the pool ${pool} has no scrub`), { pool });
      }
      if (scan.state === 'CANCELED' || isOther(scan, before)) {
        throw ScrubStoppedError.create(about(`the scrub of the pool ${pool} was stopped`), { pool });
      }
      onProgress?.(scan);
      if (scan.state === 'FINISHED') return scan;
      before = scan;
      await deadline.pause(intervalMs);
    }
  });
}
