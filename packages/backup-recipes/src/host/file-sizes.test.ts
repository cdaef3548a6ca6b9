import { mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { localTransport, OutputParseError, run } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { fileSizesCommand, fileSizesSuccessCodes, parseFileSizes } from './file-sizes.js';

describe('fileSizesCommand', () => {
  it('tells the sizes of files with any name, and of nothing else', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'file-sizes-'));
    try {
      const file = path.join(folder, "-it's\n$HOME.img");
      const link = path.join(folder, 'link');
      await writeFile(file, 'x');
      await truncate(file, 2 ** 20);
      await symlink(file, link);
      const command = fileSizesCommand({ paths: [file, link, folder, '/nowhere/at-all'] });
      const { stdout } = await run(localTransport(), command, { successCodes: fileSizesSuccessCodes });
      const found = parseFileSizes(stdout);
      expect([...found.keys()]).toEqual([file]);
      expect(found.get(file)?.sizeBytes).toBe(2 ** 20);
      expect(found.get(file)?.allocatedBytes).toBeLessThan(2 ** 20);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('asks nothing where there is nothing to ask', async () => {
    expect((await run(localTransport(), fileSizesCommand({ paths: [] }))).stdout).toBe('');
  });
});

describe('parseFileSizes', () => {
  it('counts blocks in their unit', () => {
    expect(parseFileSizes('81a4 1000 3 512 /a b\0')).toEqual(
      new Map([['/a b', { sizeBytes: 1000, allocatedBytes: 1536 }]]),
    );
  });

  it('refuses anything else', () => {
    expect(() => parseFileSizes('stat: what\0')).toThrow(OutputParseError);
  });
});
