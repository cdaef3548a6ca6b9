import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { InvalidArgumentError, isPlainObject, type AnyRows } from '@quiesce/command';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDaemon, type TestDaemon } from '../../test/daemon.js';
import { createRsync } from '../create-rsync.js';
import { isOlder } from '../features/since.js';
import type { SyncEvent } from '../output/output-parser.js';
import type { SyncResult } from '../sync/outcome.js';
import type { Effect, Outcome, Place } from './effects/effect.js';
import { allEffects, daemonSettings } from './effects/all.js';
import { makeRemoteShell, makeSource, placeIn } from './effects/place.js';
import type { RsyncOptions } from './sync-options.js';
import { rsyncRows } from './sync-rows.js';

let [root, version] = ['', ''];
let daemon: TestDaemon;
let place: Place;
const rsync = createRsync();

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'rsync-effects-'));
  daemon = await startDaemon(daemonSettings(root));
  chmodSync(root, 0o755);
  place = placeIn(root, daemon);
  await makeSource(root);
  makeRemoteShell(root);
  writeFileSync(place.passwordFile, `${daemon.password}\n`, { mode: 0o600 });
  ({ version } = await rsync.version());
});
afterAll(async () => {
  await daemon.stop();
  for (const folder of [root, '/dev/shm/quiesce-effects']) rmSync(folder, { recursive: true, force: true });
});

const given = (options: Effect['options']): Partial<RsyncOptions> =>
  typeof options === 'function' ? options(place) : options;

async function outcomeOf(effect: Effect, options: Partial<RsyncOptions>): Promise<Outcome> {
  for (const folder of ['to', 'own']) {
    rmSync(join(root, folder), { recursive: true, force: true });
    mkdirSync(join(root, folder));
  }
  for (const note of ['words', 'output', 'early', 'address']) rmSync(join(root, note), { force: true });
  writeFileSync(place.to('extra'), 'kept or not');
  writeFileSync(place.to('big'), 'what was there');
  await effect.prepare?.(place);
  const base = { source: `${place.from()}/`, destination: `${place.to()}/`, skippedDirectories: 'warn' } as const;
  const begin = performance.now();
  const run = rsync.sync({ ...base, ...given(effect.along ?? {}), ...options });
  let [met, ended] = [false, false];
  const events: SyncEvent[] = [];
  let result: SyncResult | undefined;
  let error: unknown;
  const toEnd = (async () => {
    for await (const event of run) events.push(event);
  })();
  const watch = (async () => {
    while (effect.during !== undefined && !ended && !met) {
      met = effect.during(place);
      await delay(20);
    }
  })();
  try {
    await toEnd;
    result = await run;
  } catch (thrown) {
    error = thrown;
  }
  ended = true;
  await watch;
  const durationMs = performance.now() - begin;
  const said = events.flatMap((event) => (event.type === 'warning' ? [event.message] : [])).join('\n');
  const words = existsSync(join(root, 'words')) ? readFileSync(join(root, 'words'), 'utf8') : '';
  return { result, error, events, said, words, durationMs, met };
}

/** Since when rsync has an option, where it is not as old as all that we know. */
const since = (name: string): string => {
  const row: unknown = (rsyncRows as unknown as AnyRows)[name];
  return isPlainObject(row) && typeof row['since'] === 'string' ? row['since'] : '0';
};

const cases = Object.entries<Effect | readonly Effect[]>(allEffects).flatMap(([name, effects]) =>
  [effects].flat().map((effect) => ({ name, effect, kind: effect.kind ?? 'files' })),
);

describe('an option changes what a transfer does', () => {
  it.each(cases)('$name, seen in $kind', async ({ effect, name }) => {
    if (isOlder(version, since(name))) {
      const { error } = await outcomeOf({ ...effect, during: () => true }, given(effect.options));
      expect(error).toBeInstanceOf(InvalidArgumentError);
      expect(String(error)).toContain(since(name));
      return;
    }
    const without = await outcomeOf(effect, {});
    expect(await effect.seen(place, without)).toBe(false);
    const outcome = await outcomeOf(effect, given(effect.options));
    if (isOlder(version, effect.worksSince ?? '0')) {
      expect(outcome.error).toBeUndefined();
      return;
    }
    expect(await effect.seen(place, outcome), String(outcome.error)).toBe(true);
  });
});
