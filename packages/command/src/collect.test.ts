import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { collectEnds } from './collect.js';

describe('collectEnds', () => {
  it('keeps no more than the ends in memory, however much passes', async () => {
    const source = new PassThrough();
    const collected = collectEnds(source);
    const chunkBytes = 1024 * 1024;
    const before = process.memoryUsage().arrayBuffers;
    // Each chunk gets memory of its own, which the collector must not hold on to.
    for (let count = 0; count < 512; count += 1) {
      source.write(Buffer.alloc(chunkBytes, 'x'));
      await new Promise((resolve) => setImmediate(resolve));
    }
    source.end();
    await collected.ended;
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(256 * chunkBytes);
    expect(collected.text()).toHaveLength(2 * 64 * 1024 + '\n[…]\n'.length);
  });
});
