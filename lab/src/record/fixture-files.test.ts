import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readFixtures, writeFixtures } from './fixture-files.js';
import type { Fixture } from './fixture.js';

const fixture = (stdout: string): Fixture => ({ args: ['list'], exitCode: 0, stdout, stderr: '' });

describe('writeFixtures', () => {
  let folder: string;

  beforeEach(async () => {
    folder = path.join(await mkdtemp(path.join(tmpdir(), 'quiesce-fixtures-')), 'release');
  });
  afterEach(() => rm(path.dirname(folder), { recursive: true }));

  it('writes what is read back, in the order of recording', async () => {
    const fixtures = new Map([
      ['dataset', { second: fixture('b'), first: fixture('a') }],
      ['pool', { list: { ...fixture(''), stdout: { base64: '/w==' } } }],
    ]);
    await writeFixtures(folder, fixtures);
    const read = await readFixtures(folder);
    expect(read).toEqual(fixtures);
    expect(Object.keys(read.get('dataset') ?? {})).toEqual(['second', 'first']);
    expect(await readFile(path.join(folder, 'pool.json'), 'utf8')).toMatch(/^{\n {2}"list": {\n[^]*\n}\n$/);
  });

  it('removes topics that are gone, and leaves no other file', async () => {
    await writeFixtures(folder, new Map([['old', { list: fixture('a') }]]));
    await writeFixtures(folder, new Map([['new', { list: fixture('a') }]]));
    expect(await readdir(folder)).toEqual(['new.json']);
  });

  it('leaves the old ones when one of the new ones cannot be written', async () => {
    await writeFixtures(folder, new Map([['pool', { list: fixture('old') }]]));
    const fixtures = new Map([
      ['pool', { list: fixture('new') }],
      ['no/such/folder', { list: fixture('new') }],
    ]);
    await expect(writeFixtures(folder, fixtures)).rejects.toThrow('ENOENT');
    expect((await readFixtures(folder)).get('pool')).toEqual({ list: fixture('old') });
    expect(await readdir(folder)).toEqual(['pool.json']);
  });
});

describe('readFixtures', () => {
  it('finds none where there is no folder', async () => {
    expect(await readFixtures('/no/such/folder')).toEqual(new Map());
  });
});
