import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { localTransport, run } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { readFileCommand, removeRunFoldersCommand, writeRunFileCommand } from './run-files.js';

describe('the files of a run', () => {
  it('are written as they are, for root alone, and read again', async () => {
    const temporary = await mkdtemp(path.join(tmpdir(), 'quiesce-files-'));
    try {
      const folder = path.join(temporary, "it's $HOME", 'run');
      const content = `a 'b' "$HOME" \\n \`id\`\n${'x'.repeat(200_000)}\n`;
      await run(localTransport(), writeRunFileCommand({ folder, name: 'pause', content }));
      const file = path.join(folder, 'pause');
      expect(await readFile(file, 'utf8')).toBe(content);
      const modes = await Promise.all(
        [folder, file].map(async (name) => ((await stat(name)).mode & 0o777).toString(8)),
      );
      expect(modes).toEqual(['700', '600']);
      expect((await run(localTransport(), readFileCommand({ file }))).stdout).toBe(content);
      await run(localTransport(), writeRunFileCommand({ folder, name: 'pause', content: 'other\n' }));
      expect(await readFile(file, 'utf8')).toBe('other\n');
    } finally {
      await rm(temporary, { recursive: true });
    }
  });

  it('have a folder for each run, and only those are removed', () => {
    expect(removeRunFoldersCommand({ runIds: ['1-a', '2-b'] })).toMatchObject({
      file: 'rm',
      args: ['-rf', '--one-file-system', '--', '/run/quiesce/1-a', '/run/quiesce/2-b'],
      effect: 'write',
    });
  });
});
