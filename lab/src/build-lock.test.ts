import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { takeLock } from './build-lock.js';
import { buildOnce } from './build-once.js';
import type { ProgressEvent } from './progress.js';

let directory: string;
beforeAll(async () => (directory = await mkdtemp(path.join(tmpdir(), 'quiesce-lock-'))));
afterAll(() => rm(directory, { recursive: true }));

describe('takeLock', () => {
  it('lets one at a time in, and tells the other that it waits', async () => {
    const file = path.join(directory, 'lock');
    const first = await takeLock(file);
    const onWait = vi.fn();
    const second = takeLock(file, { onWait });
    await vi.waitFor(() => expect(onWait).toHaveBeenCalledOnce(), { timeout: 5000 });
    await first[Symbol.asyncDispose]();
    await (await second)[Symbol.asyncDispose]();
  });
  it('stops waiting when it is aborted', async () => {
    const file = path.join(directory, 'aborted');
    await using held = await takeLock(file);
    expect(held).toBeDefined();
    await expect(takeLock(file, { signal: AbortSignal.timeout(200) })).rejects.toThrow(/timeout/);
  });
});

describe('buildOnce', () => {
  it('builds once for two that want it, and the second says that it waits', async () => {
    const build = vi.fn(() => new Promise<void>((resolve) => setTimeout(resolve, 1500)));
    const events: ProgressEvent[] = [];
    const want = (): Promise<void> =>
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
    const build = vi.fn(() => Promise.resolve());
    await buildOnce(wanted, 'thing', {}, build);
    expect(build).toHaveBeenCalledOnce();
  });
});
