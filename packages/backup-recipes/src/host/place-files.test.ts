import { link, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { localTransport, run } from '@quiesce/command';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parsePlaced, placeFilesCommand, type Placed, type Placing } from './place-files.js';

const odd = "it's\n$HOME";
const otherFileSystem = '/dev/shm';
let base: string;
let from: string;
let to: string;

beforeEach(async () => {
  base = await mkdtemp(path.join(tmpdir(), "quiesce-place it's-"));
  [from, to] = [path.join(base, 'from'), path.join(base, 'to')];
  await mkdir(path.join(from, 'sub'), { recursive: true });
  await mkdir(to);
  await writeFile(path.join(from, '-a.img'), 'an image');
  await writeFile(path.join(from, 'b.img'), 'another');
  await writeFile(path.join(from, 'sub', odd), 'odd', { mode: 0o640 });
  await symlink('-a.img', path.join(from, 'link'));
});

afterEach(async () => {
  await rm(base, { recursive: true });
});

async function place(files: readonly Placing[], env?: Record<string, string>): Promise<[string, Placed][]> {
  const command = placeFilesCommand({ folder: from, files });
  return [...parsePlaced((await run(localTransport(), { ...command, ...(env && { env }) })).stdout)];
}

const textOf = (...names: string[]): Promise<string> => readFile(path.join(to, ...names), 'utf8');

describe('placeFilesCommand', () => {
  it('replaces what is there, and makes folders that are not', async () => {
    await writeFile(path.join(to, '-a.img'), 'what was there');
    await link(path.join(to, '-a.img'), path.join(base, 'before'));
    const files = ['-a.img', 'sub', `sub/${odd}`, 'link'].map((name) => ({ name, to: path.join(to, 'new', name) }));
    const placed = await place([{ name: 'b.img', to: path.join(to, '-a.img') }, ...files]);
    expect(placed).toEqual(['b.img', '-a.img', 'sub', `sub/${odd}`, 'link'].map((name) => [name, 'placed']));
    expect(await textOf('-a.img')).toBe('another');
    // Who has it open goes on with it.
    expect(await readFile(path.join(base, 'before'), 'utf8')).toBe('what was there');
    expect(await textOf('new', 'sub', odd)).toBe('odd');
    expect(await textOf('new', 'link')).toBe('an image');
  });

  it('leaves a folder in its way, and goes on with the others', async () => {
    await mkdir(path.join(to, '-a.img', 'x'), { recursive: true });
    const files = ['-a.img', 'b.img'].map((name) => ({ name, to: path.join(to, name) }));
    expect(await place(files)).toEqual([
      ['-a.img', 'failed'],
      ['b.img', 'placed'],
    ]);
    expect((await stat(path.join(to, '-a.img'))).isDirectory()).toBe(true);
  });

  it('never copies to another file system', async (context) => {
    const elsewhere = await mkdtemp(path.join(otherFileSystem, 'quiesce-place-')).catch(() => undefined);
    if (elsewhere === undefined || (await stat(elsewhere)).dev === (await stat(from)).dev) return context.skip();
    try {
      await symlink(elsewhere, path.join(to, 'big'));
      await writeFile(path.join(elsewhere, 'a'), 'what was there');
      expect(await place([{ name: '-a.img', to: path.join(to, 'big', 'a') }])).toEqual([['-a.img', 'failed']]);
      expect(await textOf('big', 'a')).toBe('what was there');
    } finally {
      await rm(elsewhere, { recursive: true });
    }
  });

  it('moves no file that the disk did not confirm, and tells of a folder that it did not', async () => {
    await mkdir(path.join(base, 'bin'));
    const env = { PATH: `${path.join(base, 'bin')}:${process.env['PATH'] ?? ''}` };
    await writeFile(path.join(to, 'a'), 'what was there');
    const failingFor = (pattern: string): Promise<void> =>
      writeFile(path.join(base, 'bin', 'sync'), `#!/bin/sh\ncase $2 in ${pattern}) exit 1 ;; esac\n`, { mode: 0o755 });
    await failingFor('./*');
    expect(await place([{ name: '-a.img', to: path.join(to, 'a') }], env)).toEqual([['-a.img', 'failed']]);
    expect(await textOf('a')).toBe('what was there');
    await failingFor('*/');
    expect(await place([{ name: '-a.img', to: path.join(to, 'a') }], env)).toEqual([['-a.img', 'unsure']]);
    expect(await textOf('a')).toBe('an image');
  });
});
