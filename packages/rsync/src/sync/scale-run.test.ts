import { mkdir, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRsync } from '../create-rsync.js';
import { execute, testFolder } from '../../test/folders.js';

const mebibyte = 1024 ** 2;
const rsync = createRsync();
// In memory: a hundred thousand files on a disk that others use too take minutes.
const folder = testFolder('/dev/shm');
vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

/** Most memory in use while a test runs, above what it was before. */
let before = 0;
let peak = 0;
let watch: NodeJS.Timeout;
beforeEach(() => {
  before = process.memoryUsage().rss;
  peak = before;
  watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 20);
});
afterEach(() => {
  clearInterval(watch);
});
const grown = (): number => Math.max(peak, process.memoryUsage().rss) - before;

describe('a large copy, in flat memory', () => {
  it('of 100,000 small files, each of them told', async () => {
    const { destination, source } = await folder.places();
    const make = 'cd "$1" && for d in $(seq 100); do mkdir "$d"; (cd "$d"; seq 1000 | split -l 1 -a 3 -d - f); done';
    await execute('sh', '-c', make, 'sh', source);
    const bytes =
      100 * Array.from({ length: 1000 }, (_, index) => String(index + 1).length + 1).reduce((a, b) => a + b);
    const options = { source, destination, archive: true };
    const counts = { change: 0, warning: 0, progress: 0 };
    const running = rsync.sync({ ...options, itemizeChanges: true });
    for await (const { type } of running) counts[type] += 1;
    const { stats } = await running;
    // With the directories, and the one that holds them.
    expect(counts).toMatchObject({ change: 100_101, warning: 0 });
    expect(counts.progress).toBeGreaterThan(100);
    expect(stats).toMatchObject({
      found: { files: 100_000, directories: 101 },
      created: { files: 100_000 },
      filesTransferred: 100_000,
      totalFileSizeBytes: bytes,
      literalBytes: bytes,
      matchedBytes: 0,
    });
    let files = 0;
    for await (const { fileType } of rsync.listStream({ source: destination, recursive: true })) {
      if (fileType === 'file') files += 1;
    }
    expect(files).toBe(100_000);
    // Each event kept would be some hundred bytes: 50 MB and more.
    expect(grown()).toBeLessThan(128 * mebibyte);
  });

  it('of a sparse image of 4 GiB with 1 % changed, of which only that is written', async () => {
    const { destination, source } = await folder.places();
    const [size, changed] = [4096 * mebibyte, 41 * mebibyte];
    await mkdir(destination);
    for (const base of [source, destination]) await execute('truncate', '-s', String(size), join(base, 'image'));
    const image = await open(join(source, 'image'), 'r+');
    try {
      for (let at = 0; at < 41; at += 1) {
        const part = Buffer.alloc(mebibyte, `part ${String(at)} of the image\n`);
        await image.write(part, 0, part.length, at * 100 * mebibyte - (at % 3));
      }
    } finally {
      await image.close();
    }
    await execute('touch', '-d', '2020-01-01', join(destination, 'image'));
    const inode = (await stat(join(destination, 'image'))).ino;
    const options = { source, destination, archive: true, inplace: true, wholeFile: false };
    const { efficiency, stats } = await rsync.sync(options);
    expect(stats).toMatchObject({ filesTransferred: 1, totalFileSizeBytes: size });
    expect(stats.literalBytes + stats.matchedBytes).toBe(size);
    // Whole blocks are written: 64 KiB of each side of a part.
    expect(stats.literalBytes).toBeGreaterThanOrEqual(changed - 2 * mebibyte);
    expect(stats.literalBytes).toBeLessThan(changed + 41 * 0.125 * mebibyte);
    expect(efficiency.literalShare).toBeLessThan(0.0115);
    expect(stats.sentBytes).toBeLessThan(2 * changed);
    await execute('cmp', join(source, 'image'), join(destination, 'image'));
    const { blocks, ino } = await stat(join(destination, 'image'));
    expect(ino).toBe(inode);
    // It has its holes still, without `sparse`.
    expect(blocks * 512).toBeLessThan(2 * changed);
    expect(grown()).toBeLessThan(128 * mebibyte);
  });
});
