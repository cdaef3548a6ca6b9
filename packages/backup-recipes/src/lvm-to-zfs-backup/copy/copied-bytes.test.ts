import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { localTransport, run } from '@quiesce/command';
import { syncCommand } from '@quiesce/rsync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveOptions } from '../options/resolve-options.js';
import { breakLinksCommand } from './break-links.js';
import { copyOptions } from './copy-options.js';
import { anyChange, contentsOf, SourceTree } from './source-tree.js';

const options = resolveOptions({ domains: [], volumes: ['/dev/SSD/images'], target: 'archives/backups' });
const transport = localTransport();

async function copy(source: string, destination: string): Promise<void> {
  await run(transport, breakLinksCommand({ source, destination, delete: true }));
  const job = { source, folder: destination, exclude: [], vanishedFiles: 'error' as const };
  await run(transport, syncCommand(copyOptions({ options }, job)));
}

describe('copies of a folder that changes from run to run', () => {
  it.concurrent.each([1, 2])('hold what it holds (%#)', { timeout: 60_000 }, async () => {
    const runs = fc.array(fc.array(anyChange, { minLength: 5, maxLength: 30 }), { minLength: 2, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(runs, async (changes) => {
        const folder = await mkdtemp(path.join(await realpath(tmpdir()), 'quiesce-copy-'));
        const destination = path.join(folder, 'destination');
        try {
          const tree = new SourceTree(path.join(folder, 'source'));
          for (const ofRun of changes) {
            for (const change of ofRun) tree.apply(change);
            await copy(tree.folder, destination);
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
