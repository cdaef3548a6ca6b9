import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRsync } from '../create-rsync.js';
import { RsyncError } from '../errors.js';
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

/** How long a run took that would take 76 seconds, and rsync's code. */
async function run(name: string, options: Partial<RsyncOptions>): Promise<{ seconds: number; exitCode: unknown }> {
  const begin = performance.now();
  const outcome = await createRsync()
    .sync({
      ...{ source: join(folder, 'file'), destination: join(folder, name), bandwidthLimitBytesPerSecond: 51_200 },
      ...options,
    })
    .catch((error: unknown) => error);
  const exitCode = outcome instanceof RsyncError || !(outcome instanceof Error) ? outcome : undefined;
  return {
    seconds: (performance.now() - begin) / 1_000,
    exitCode: (exitCode as { exitCode?: number } | undefined)?.exitCode,
  };
}

it('a run ends at its time', async () => {
  const limits: Record<TimeLimits, Partial<RsyncOptions>> = {
    stopAfterMinutes: { stopAfterMinutes: 1 },
    // At most 65 seconds from now.
    stopAt: { stopAt: new Date(Math.ceil((Date.now() + 5_000) / minuteMs) * minuteMs) },
  };
  const [without, after, at] = await Promise.all([
    run('without', {}),
    run('after', limits.stopAfterMinutes),
    run('at', limits.stopAt),
  ]);
  expect(without).toMatchObject({ exitCode: 0 });
  expect(without.seconds).toBeGreaterThan(70);
  expect(after).toMatchObject({ exitCode: 30 });
  expect(after.seconds).toBeLessThan(without.seconds - 5);
  expect(at).toMatchObject({ exitCode: 30 });
  expect(at.seconds).toBeLessThan(without.seconds - 5);
}, 150_000);
