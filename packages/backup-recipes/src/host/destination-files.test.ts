import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { localTransport, run } from '@quiesce/command';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  fileIdentitiesCommand,
  fileKindsCommand,
  freeSpaceCommand,
  parseFileIdentities,
  parseFileKinds,
  parseFreeSpace,
} from './destination-files.js';
import { parseRealPaths, realPathsCommand } from './real-paths.js';

const transport = localTransport();
const successCodes = [0, 123];
let base: string;

beforeEach(async () => {
  base = await mkdtemp(path.join(tmpdir(), "quiesce-destination it's-"));
  await writeFile(path.join(base, '-a.img'), 'an image');
  await symlink('-a.img', path.join(base, 'link'));
  await symlink('/dev/null', path.join(base, 'device'));
});

afterEach(async () => {
  await rm(base, { recursive: true });
});

describe('what is asked of a destination', () => {
  it('is its room', async () => {
    expect(parseFreeSpace((await run(transport, freeSpaceCommand({ folder: base }))).stdout)).toBeGreaterThan(2 ** 20);
  });

  it('is which files its paths are', async () => {
    const paths = ['-a.img', 'link', 'gone'].map((name) => path.join(base, name));
    const { stdout } = await run(transport, fileIdentitiesCommand({ paths }), { successCodes });
    const found = parseFileIdentities(stdout);
    expect([...found.keys()]).toEqual(paths.slice(0, 2));
    expect(new Set(found.values()).size).toBe(1);
  });

  it.each([
    [true, ['file', 'file', 'device', 'folder', 'device']],
    [false, ['file', 'link', 'link', 'folder', 'device']],
  ])('is what its paths are, behind symbolic links: %s', async (behindLinks, kinds) => {
    const names = ['-a.img', 'link', 'device', '.'].map((name) => `${base}/${name}`);
    const paths = [...names, '/dev/null', `${base}/gone`];
    const { stdout } = await run(transport, fileKindsCommand({ paths, behindLinks }), { successCodes });
    expect([...parseFileKinds(stdout)]).toEqual(paths.slice(0, -1).map((name, index) => [name, kinds[index]]));
  });

  it('is where its paths lead, also those of what has to be made', async () => {
    await symlink('.', path.join(base, 'here'));
    const paths = [`${base}/here/new/x`];
    const { stdout } = await run(transport, realPathsCommand({ paths, missing: true }));
    expect([...parseRealPaths(stdout, paths).values()]).toEqual([`${base}/new/x`]);
  });
});
