import { mkdir, mkdtemp, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { localTransport, run } from '@quiesce/command';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mountsCommand, parseMounts } from '../host/mounts.js';
import { PreflightError } from '../preflight-error.js';
import type { BackupState } from '../target/states.js';
import { manifestPath } from '../target/manifest.js';
import { planBatches, type PlannedBatches } from './batches.js';
import { resolveRestoreOptions, type RestoreImagesOptions } from './options.js';

const transport = localTransport();
const runId = '1364083186-0a0b0c0d';
const folder = { folder: 'SSD.images', source: '/dev/SSD/images', place: '/srv', runId, complete: true };
const otherFileSystem = '/dev/shm';
let base: string;
let target: string;
let to: string;

beforeEach(async () => {
  base = await realpath(await mkdtemp(path.join(tmpdir(), 'quiesce-batches-')));
  [target, to] = [path.join(base, 'target'), path.join(base, 'to')];
  await mkdir(path.join(target, folder.folder, 'big'), { recursive: true });
  await mkdir(path.join(to, folder.folder), { recursive: true });
  for (const name of ['a.img', 'big/b.img']) await writeFile(path.join(target, folder.folder, name), name);
});

afterEach(async () => {
  await rm(base, { recursive: true });
});

async function plan(options: Partial<RestoreImagesOptions> = {}, paths?: readonly string[]): Promise<PlannedBatches> {
  const { stdout } = await run(transport, mountsCommand());
  const state: BackupState = {
    ...{ snapshot: undefined, folder: target, runId, at: undefined, complete: true, namedInstead: undefined },
    ...{ madeBy: undefined, createdAt: undefined, usedBytes: 0, referencedBytes: 0, holds: 0, clones: [], guid: '' },
    ...{ verified: undefined, folders: [folder], guests: [] },
  };
  return planBatches(
    resolveRestoreOptions({ target: 'a/b', restore: 'everything', to: { folder: to }, ...options }),
    { state, wanted: [{ folder, paths }], at: undefined, warnings: [] },
    parseMounts(stdout),
    {},
  );
}

async function refusal(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!PreflightError.isInstance(error)) throw new Error('it was not refused', { cause: error });
  return error.problems.map(({ option, problem, value }) => `${option} ${value}: ${problem}`).join('\n');
}

describe('planBatches', () => {
  it('puts all below a folder that is on one file system, and warns where no checksums are kept', async () => {
    const { batches, warnings } = await plan();
    const root = path.join(to, folder.folder);
    expect(batches).toMatchObject([{ root, real: root, asked: to, kept: { kind: 'none' } }]);
    expect(warnings).toHaveLength(1);
  });

  it('parts it where a symbolic link leads to another file system', async (context) => {
    const elsewhere = await mkdtemp(path.join(otherFileSystem, 'quiesce-batches-')).catch(() => undefined);
    if (elsewhere === undefined || (await stat(elsewhere)).dev === (await stat(to)).dev) return context.skip();
    try {
      await symlink(elsewhere, path.join(to, folder.folder, 'big'));
      const { batches } = await plan();
      expect(batches.map(({ asked, entries, root }) => [root, asked, entries.map(({ name }) => name)])).toEqual([
        [path.join(to, folder.folder), to, ['a.img']],
        [otherFileSystem, otherFileSystem, ['big', 'big/b.img']],
      ]);
    } finally {
      await rm(elsewhere, { recursive: true });
    }
  });

  it('refuses what has lost a file since, and checksums that are broken', async () => {
    const manifest = manifestPath(target, folder.folder);
    await mkdir(path.dirname(manifest), { recursive: true });
    await writeFile(manifest, [`quiesce-manifest 1 ${runId}`, 'f 0 1.0 gone.img', 'end 1', ''].join('\0'));
    expect(await refusal(plan())).toContain('not all that was frozen is in it any more: gone.img');
    await writeFile(manifest, 'quiesce-manifest 1');
    expect(await refusal(plan())).toContain('its checksums are broken');
    expect((await plan({ backup: 'now', incomplete: 'allow' })).warnings).toHaveLength(1);
  });

  it('refuses what is behind a symbolic link, and names the link', async () => {
    await symlink('big', path.join(target, folder.folder, 'link'));
    expect(await refusal(plan({}, ['link/b.img', 'gone']))).toMatch(
      /SSD\.images\/gone is not in a\/b[^]*SSD\.images\/link\/b\.img is behind the symbolic link link/,
    );
  });
});
