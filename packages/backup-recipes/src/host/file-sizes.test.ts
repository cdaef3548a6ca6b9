import { mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { localTransport, OutputParseError, run } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { fileSizesCommand, parseFileSizes, sizeKey } from './file-sizes.js';

describe('fileSizesCommand', () => {
  it('tells the sizes of files with any name, and of nothing else', async () => {
    const targetFolder = await mkdtemp(path.join(tmpdir(), 'file-sizes-'));
    try {
      const odd = "-it's\n$HOME.img";
      await writeFile(path.join(targetFolder, odd), 'x');
      await truncate(path.join(targetFolder, odd), 2 ** 20);
      await symlink(odd, path.join(targetFolder, 'link'));
      const now = [odd, 'link', '.', 'gone'].map((file) => ({ snapshot: undefined, file }));
      const command = fileSizesCommand({ targetFolder, files: [...now, { snapshot: 'no/such@1', file: odd }] });
      // Whoever may not have mounts of its own is told the same.
      const [file = '', ...args] = command.args.slice(4);
      const { stdout } = await run(localTransport(), { ...command, file, args });
      const found = parseFileSizes(stdout);
      expect([...found.keys()]).toEqual([sizeKey({ snapshot: undefined, file: odd })]);
      const size = found.get(sizeKey({ snapshot: undefined, file: odd }));
      expect(size?.sizeBytes).toBe(2 ** 20);
      expect(size?.allocatedBytes).toBeLessThan(2 ** 20);
    } finally {
      await rm(targetFolder, { recursive: true });
    }
  });
});

describe('parseFileSizes', () => {
  it('counts blocks in their unit', () => {
    expect(parseFileSizes('1000 3 512 tank/a@1\0SSD.images/a b\0')).toEqual(
      new Map([['tank/a@1\0SSD.images/a b', { sizeBytes: 1000, allocatedBytes: 1536 }]]),
    );
  });

  it('refuses anything else', () => {
    expect(() => parseFileSizes('stat: what\0x\0')).toThrow(OutputParseError);
  });
});
