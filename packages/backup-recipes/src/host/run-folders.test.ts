import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { localTransport, run } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { listRunFoldersCommand, parseRunFolders, realpathCommand } from './run-folders.js';

describe('realpathCommand', () => {
  it('takes a folder that is not there', () => {
    expect(realpathCommand({ folder: '/run/backup' })).toEqual({
      file: 'realpath',
      args: ['--canonicalize-missing', '--', '/run/backup'],
      effect: 'read',
      stop: 'kill',
    });
  });
});

describe('listRunFoldersCommand', () => {
  it('finds the folders of runs and those in them, deepest first, and no others', async () => {
    const root = mkdtempSync(path.join(tmpdir(), 'run-folders-'));
    try {
      for (const folder of ['1-0a0b0c0d/raid5.VM images/deep', '2-0a0b0c0d', '3-not-a-run', 'other/1-0a0b0c0d']) {
        mkdirSync(path.join(root, folder), { recursive: true });
      }
      symlinkSync('/', path.join(root, '4-0a0b0c0d'));
      const command = listRunFoldersCommand({ roots: [root, '/nowhere'] });
      const { stdout } = await run(localTransport(), command);
      expect(parseRunFolders(stdout, root)).toEqual([
        { folder: `${root}/1-0a0b0c0d/raid5.VM images`, runId: '1-0a0b0c0d' },
        { folder: `${root}/1-0a0b0c0d`, runId: '1-0a0b0c0d' },
        { folder: `${root}/2-0a0b0c0d`, runId: '2-0a0b0c0d' },
      ]);
      expect(parseRunFolders(stdout, '/nowhere')).toEqual([]);
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  it('is no failure where neither is there', async () => {
    const { exitCode } = await run(localTransport(), listRunFoldersCommand({ roots: ['/nowhere', '/neither'] }));
    expect(exitCode).toBe(0);
  });
});
