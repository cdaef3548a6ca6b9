import type { Rows } from '@quiesce/command';
import { checkStopAt } from './times.js';

/** How much, how fast and how long. */
export interface RsyncLimitsOptions {
  /**
   * Bytes per second at most, at least 1024, rounded to whole KiB: `--bwlimit`.
   * @default no limit
   */
  readonly bandwidthLimitBytesPerSecond?: number;
  /**
   * Gives up after this many seconds without any data: `--timeout`. A {@link ConnectionError}.
   * @default never
   */
  readonly ioTimeoutSeconds?: number;
  /**
   * Seconds to wait for a daemon to answer: `--contimeout`. Only with a daemon; of ssh it is
   * `connectTimeoutMs`.
   * @default never
   */
  readonly connectTimeoutSeconds?: number;
  /**
   * Ends the run after this many minutes, with what is copied by then: `--stop-after`.
   * @default never
   */
  readonly stopAfterMinutes?: number;
  /**
   * Ends the run at this time, in the future, with what is copied by then: `--stop-at`. By the
   * clock of the machine where rsync runs, and rounded down to the minute.
   * @default never
   */
  readonly stopAt?: Date;
  /**
   * Bytes of memory that rsync asks for at once, at most, at least 1 MiB: `--max-alloc`. More is
   * needed for many millions of files.
   * @default 1 GiB
   */
  readonly maxAllocBytes?: number;
}

const maximumInt = 2 ** 31 - 1;
// bwlimit is an int of KiB inside rsync.
const maximumBandwidthBytes = 2 ** 31 * 1024 - 1024;

/** The rows of {@link RsyncLimitsOptions}. */
export const limitsRows: Rows<RsyncLimitsOptions> = {
  bandwidthLimitBytesPerSecond: {
    kind: 'integer',
    option: '--bwlimit=',
    unit: 'b',
    minimum: 1024,
    maximum: maximumBandwidthBytes,
  },
  ioTimeoutSeconds: { kind: 'integer', option: '--timeout=', minimum: 1, maximum: maximumInt },
  connectTimeoutSeconds: { kind: 'integer', option: '--contimeout=', minimum: 1, maximum: maximumInt },
  // Atoi of minutes, and then seconds since 1970 in sums: a thousand years are enough.
  stopAfterMinutes: { kind: 'integer', option: '--stop-after=', since: '3.2.3', minimum: 1, maximum: 525_600_000 },
  stopAt: {
    kind: 'other',
    option: '--stop-at=',
    since: '3.2.3',
    check: checkStopAt,
    sample: new Date('2999-12-31T23:59:00Z'),
  },
  maxAllocBytes: { kind: 'integer', option: '--max-alloc=', since: '3.2.2', unit: 'b', minimum: 2 ** 20 },
};
