import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRsync } from '../create-rsync.js';
import { StopTimeReachedError } from '../errors.js';
import type { TimeLimits } from './effects/limits.js';
import type { RsyncOptions } from './sync-options.js';

const minuteMs = 60_000;
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rsync-stop-'));
  writeFileSync(join(folder, 'file'), randomBytes(3_900_000));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What came of a run that would take 76 seconds. */
async function run(name: string, options: Partial<RsyncOptions>): Promise<{ seconds: number; error: unknown }> {
  const begin = performance.now();
  const error = await createRsync()
    .sync({
      ...{ source: join(folder, 'file'), destination: join(folder, name), bandwidthLimitBytesPerSecond: 51_200 },
      ...options,
    })
    .then(
      () => undefined,
      (reason: unknown) => reason,
    );
  return { seconds: (performance.now() - begin) / 1_000, error };
}

it('a run ends at its time', async () => {
  const limits: Record<TimeLimits, Partial<RsyncOptions>> = {
    stopAfterMinutes: { stopAfterMinutes: 1 },
    // At most 65 seconds from now.
    stopAt: { stopAt: new Date(Math.ceil((Date.now() + 5_000) / minuteMs) * minuteMs) },
  };
  const runs = await Promise.all(Object.entries(limits).map(([name, options]) => run(name, options)));
  for (const { error, seconds } of runs) {
    expect(error).toBeInstanceOf(StopTimeReachedError);
    expect(seconds).toBeLessThan(73);
  }
}, 150_000);
