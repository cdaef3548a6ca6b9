import { truncateSync, writeFileSync } from 'node:fs';
import { ConnectionError, RsyncError } from '../../errors.js';
import type { RsyncLimitsOptions } from '../limits.js';
import { all, type Effects } from './effect.js';

/** What can't be seen in less than a minute. */
export type TimeLimits = 'stopAfterMinutes' | 'stopAt';

/** Effects of `RsyncLimitsOptions`. */
export const limitsEffects: Effects<Omit<RsyncLimitsOptions, TimeLimits>> = {
  bandwidthLimitBytesPerSecond: {
    kind: 'outcome',
    along: ({ from }) => ({ source: from('noise') }),
    options: { bandwidthLimitBytesPerSecond: 102_400 },
    seen: (_, { durationMs }) => durationMs > 1_900,
  },
  ioTimeoutSeconds: {
    kind: 'outcome',
    prepare: ({ own }) => writeFileSync(own('hangs'), '#!/bin/sh\nexec sleep 3\n', { mode: 0o755 }),
    along: ({ from, own, remote }) => ({ ...all, source: remote(from('/')), rsyncPath: own('hangs') }),
    options: { ioTimeoutSeconds: 1 },
    seen: (_, { error }) => error instanceof ConnectionError && error.exitCode === 30,
  },
  maxAllocBytes: {
    kind: 'outcome',
    // The sums of its blocks have no room.
    prepare: ({ own, to }) => {
      for (const path of [own('f'), to('f')]) {
        writeFileSync(path, '');
        truncateSync(path, 40 * 2 ** 20);
      }
    },
    along: ({ own }) => ({ source: own('f'), wholeFile: false, ignoreTimes: true, blockSizeBytes: 512 }),
    options: { maxAllocBytes: 2 ** 20 },
    seen: (_, { error }) => error instanceof RsyncError && error.exitCode === 22,
  },
};
