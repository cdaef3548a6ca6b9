import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { takeLock, tryLock } from './build-lock.js';
import { buildOnce } from './build-once.js';
import type { ProgressEvent } from './progress.js';

let directory: string;
beforeAll(async () => (directory = await mkdtemp(path.join(tmpdir(), 'quiesce-lock-'))));
afterAll(() => rm(directory, { recursive: true }));

describe('takeLock', () => {
  it('lets one at a time in, and tells the other that it waits', async () => {
    const file = path.join(directory, 'lock');
    const order: string[] = [];
    const first = await takeLock(file);
    const onWait = vi.fn();
    const second = takeLock(file, { onWait }).finally(() => order.push('second has it'));
    await vi.waitFor(() => expect(onWait).toHaveBeenCalledOnce(), { timeout: 5000 });
    order.push('first gives it back');
    await first[Symbol.asyncDispose]();
    await (await second)[Symbol.asyncDispose]();
    expect(order).toEqual(['first gives it back', 'second has it']);
  });
  it('stops waiting when it is aborted, and then holds nothing', async () => {
    const file = path.join(directory, 'aborted');
    const held = await takeLock(file);
    await expect(takeLock(file, { signal: AbortSignal.timeout(200) })).rejects.toThrow(/timeout/);
    await held[Symbol.asyncDispose]();
    const next = await takeLock(file);
    await next[Symbol.asyncDispose]();
  });
  it('keeps what it took when its signal aborts later', async () => {
    const file = path.join(directory, 'kept');
    const interruption = new AbortController();
    const held = await takeLock(file, { signal: interruption.signal });
    interruption.abort();
    await delay(200);
    expect(await tryLock(file)).toBeUndefined();
    await held[Symbol.asyncDispose]();
    const next = await tryLock(file);
    expect(next).toBeDefined();
    await next?.[Symbol.asyncDispose]();
  });
});

describe('buildOnce', () => {
  it('builds once for two that want it, and the second says that it waits', async () => {
    const build = vi.fn(() => delay(1500));
    const events: ProgressEvent[] = [];
    const want = (): Promise<boolean> =>
      buildOnce(path.join(directory, 'wanted'), 'thing', { onProgress: (event) => events.push(event) }, build);
    await Promise.all([want(), want()]);
    expect(build).toHaveBeenCalledOnce();
    const said = events.map(({ kind, step }) => `${kind}: ${step}`);
    expect(said).toEqual(
      ['started', 'finished'].map((kind) => `${kind}: Waiting for another process that builds the thing`),
    );
  });
  it('leaves nothing of a build that failed', async () => {
    const wanted = path.join(directory, 'failed');
    await expect(buildOnce(wanted, 'thing', {}, () => Promise.reject(new Error('no room')))).rejects.toThrow('no room');
    expect((await readdir(directory)).filter((name) => name.includes('failed'))).toEqual(['failed.lock']);
    const build = vi.fn(() => Promise.resolve());
    await buildOnce(wanted, 'thing', {}, build);
    expect(build).toHaveBeenCalledOnce();
    expect(await readdir(directory)).toContain('failed');
  });
  it('lets nobody else build until an aborted build is undone', async () => {
    const wanted = path.join(directory, 'undone');
    const order: string[] = [];
    const interruption = new AbortController();
    const { signal } = interruption;
    const first = buildOnce(wanted, 'thing', { signal }, async () => {
      order.push('first builds');
      await delay(60_000, undefined, { signal }).catch(() => delay(1000));
      order.push('first has ended');
      signal.throwIfAborted();
    });
    await vi.waitFor(() => expect(order).toEqual(['first builds']), { timeout: 5000 });
    const second = buildOnce(wanted, 'thing', {}, async () => void order.push('second builds'));
    interruption.abort(new Error('stopped'));
    await expect(first).rejects.toThrow('stopped');
    await second;
    expect(order).toEqual(['first builds', 'first has ended', 'second builds']);
    expect(await readdir(directory)).toContain('undone');
  });
  it('builds again what does not fit any more', async () => {
    const wanted = path.join(directory, 'unfit');
    const build = vi.fn(() => Promise.resolve());
    await buildOnce(wanted, 'thing', {}, build);
    await buildOnce(wanted, 'thing', { fits: () => Promise.resolve(true) }, build);
    expect(build).toHaveBeenCalledOnce();
    await buildOnce(wanted, 'thing', { fits: () => Promise.resolve(false) }, build);
    expect(build).toHaveBeenCalledTimes(2);
  });
});
