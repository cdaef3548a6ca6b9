import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AbortedError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { createRsync } from '../create-rsync.js';
import { failureOf, processesWith, testFolder } from '../../test/folders.js';

const mebibyte = 1024 ** 2;
const rsync = createRsync();
const { places } = testFolder();

describe('stopping', () => {
  it('ends rsync and its children, and says of inplace which files are mixed', async () => {
    const { source, destination } = await places();
    await mkdir(destination);
    await writeFile(join(source, 'a small one'), 'x');
    await writeFile(join(source, 'image'), Buffer.alloc(8 * mebibyte, 'n'));
    await writeFile(join(destination, 'image'), Buffer.alloc(8 * mebibyte, 'o'));
    const abort = new AbortController();
    const running = rsync.sync({
      ...{
        source,
        destination,
        archive: true,
        inplace: true,
        wholeFile: true,
        itemizeChanges: true,
        modifyWindowSeconds: -1,
      },
      ...{ bandwidthLimitBytesPerSecond: mebibyte, signal: abort.signal },
    });
    let percent = 0;
    const looping = (async (): Promise<void> => {
      for await (const event of running) {
        if (event.type !== 'progress' || event.transferredBytes < mebibyte) continue;
        percent = event.transferredBytes / (8 * mebibyte);
        abort.abort();
      }
    })();
    const error = await failureOf(running);
    await failureOf(looping);
    expect(error).toBeInstanceOf(AbortedError);
    expect(percent).toBeLessThan(1);
    expect(await processesWith(source)).toEqual([]);
    expect(running.unfinishedFiles()).toEqual([{ path: 'image', pathBytes: undefined }]);
    expect(String(error)).toMatch(/with inplace the destination is old and new mixed: not done were "image"/);
    const mixed = await readFile(join(destination, 'image'), 'latin1');
    expect([mixed.includes('n'), mixed.includes('o')]).toEqual([true, true]);
    expect((await rsync.diff({ source, destination, archive: true })).map(({ path }) => path)).toContain('image');
  });

  it('says nothing of mixed files where they are replaced whole', async () => {
    const { source, destination } = await places();
    await writeFile(join(source, 'image'), Buffer.alloc(8 * mebibyte, 'n'));
    const options = { source, destination, archive: true, bandwidthLimitBytesPerSecond: mebibyte, timeoutMs: 1500 };
    const running = rsync.sync({ ...options, itemizeChanges: true });
    expect(String(await failureOf(running))).not.toContain('mixed');
    expect(running.unfinishedFiles()).toEqual([{ path: 'image', pathBytes: undefined }]);
    expect((await stat(destination)).isDirectory()).toBe(true);
    expect(await processesWith(source)).toEqual([]);
  });

  it('has no unfinished files after a good run', async () => {
    const { source, destination } = await places();
    for (let count = 0; count < 20; count += 1) await writeFile(join(source, String(count)), String(count));
    const running = rsync.sync({ source, destination, archive: true, itemizeChanges: true });
    await running;
    expect(running.unfinishedFiles()).toEqual([]);
  });

  it('says nothing of mixed files where nothing is changed', async () => {
    const { source, destination } = await places();
    for (let count = 0; count < 400; count += 1) await writeFile(join(source, String(count)), 'x');
    const options = { source, destination, archive: true, inplace: true };
    const stop = new AbortController();
    const [dry, difference] = [
      rsync.sync({ ...options, dryRun: true, itemizeChanges: true, signal: stop.signal }),
      rsync.diffStream({ ...options, signal: stop.signal }),
    ];
    const ended = dry.catch(() => undefined);
    const looping = (async (): Promise<void> => {
      for await (const { path } of difference) if (path === '0') stop.abort();
    })();
    expect(String(await failureOf(looping))).toMatch(/^AbortedError: (?!.*mixed)/);
    await ended;
    expect(dry.unfinishedFiles()).toEqual([]);
  });
});
