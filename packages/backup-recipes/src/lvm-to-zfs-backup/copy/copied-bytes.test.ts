import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createCommand, localTransport, run } from '@quiesce/command';
import { rsyncCommand } from '@quiesce/rsync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveOptions } from '../options/resolve-options.js';
import { breakLinksCommand } from './break-links.js';
import { copyOptions } from './copy-options.js';
import { anyChange, contentsOf, SourceTree } from './source-tree.js';

const options = resolveOptions({ domains: [], volumes: ['/dev/SSD/images'], target: 'archives/backups' });
const transport = localTransport();

async function copy(source: string, destination: string, isLive: boolean): Promise<void> {
  await run(transport, breakLinksCommand({ source, destination }));
  const { base, dir } = path.parse(destination);
  const job = { source, folder: base, exclude: [], isLive };
  const sync = rsyncCommand(copyOptions(options, dir, job));
  // As of a run: rsync 3.5.0 with --acls says so of a hard link in place of a folder, and is
  // content the second time.
  const { exitCode } = await run(transport, sync, { successCodes: isLive ? [0, 23] : [0] });
  if (exitCode !== 0) await run(transport, sync);
}

describe('copies of files that were linked at the last run', () => {
  it.each([
    ['one was replaced', 'ln a b', 'echo new >c && mv c b'],
    ['one of three was replaced, and another written', 'ln a b && ln a c', 'echo new >d && mv d b && echo more >>a'],
    ['all were replaced', 'ln a b', 'echo 1 >c && echo 2 >d && mv c a && mv d b'],
    ['others are linked now', 'ln a b && echo c >c', 'mv b x && mv c b && ln b c && rm x'],
    ['one was a folder', 'mkdir b', 'rmdir b && ln a b'],
    ['only the mode of one differs', 'ln a b', 'cp -p a c && chmod 0600 c && mv c b'],
  ])('have the right bytes where %s', async (_, before, after) => {
    const folder = await mkdtemp(path.join(await realpath(tmpdir()), 'quiesce-copy-'));
    const [source, destination] = [path.join(folder, 'source'), path.join(folder, 'destination')];
    const inSource = (script: string): Promise<unknown> =>
      run(
        transport,
        createCommand('sh', ['-c', `mkdir -p source && cd source && ${script}`], { cwd: folder, effect: 'write' }),
      );
    try {
      for (const isLive of [false, true]) {
        await inSource(`rm -rf * && echo a >a && ${before}`);
        await copy(source, destination, isLive);
        await inSource(after);
        for (const _ of [1, 2]) {
          await copy(source, destination, isLive);
          expect(contentsOf(destination)).toEqual(contentsOf(source));
        }
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('copies of a folder that changes from run to run', () => {
  it.concurrent.each([
    ['frozen', false],
    ['live', true],
  ])('hold what it holds, of one that is %s', { timeout: 60_000 }, async (_, isLive) => {
    const runs = fc.array(fc.array(anyChange, { minLength: 5, maxLength: 30 }), { minLength: 2, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(runs, async (changes) => {
        const folder = await mkdtemp(path.join(await realpath(tmpdir()), 'quiesce-copy-'));
        const destination = path.join(folder, 'destination');
        try {
          const tree = new SourceTree(path.join(folder, 'source'));
          for (const ofRun of changes) {
            for (const change of ofRun) tree.apply(change);
            await copy(tree.folder, destination, isLive);
            expect(contentsOf(destination)).toEqual(contentsOf(tree.folder));
          }
        } finally {
          await rm(folder, { recursive: true });
        }
      }),
      { numRuns: 25, interruptAfterTimeLimit: 9000 },
    );
  });
});
