import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { lines, localTransport, OutputParseError, pipe, run, type Command } from '@quiesce/command';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stateFolder } from '../run-folder.js';
import { emptySum, parseSums, sumsCommand } from './file-sums.js';
import {
  closeRestoreCommand,
  copiedBytes,
  copyFilesCommand,
  listEntriesCommand,
  listRestoresCommand,
  openRestoreCommand,
  packCommand,
  parseEntries,
  parseRestores,
  restoreFolderOf,
  unpackCommand,
} from './restore-files.js';

const transport = localTransport();
const odd = "it's\n$HOME";
let base: string;
let from: string;
let to: string;

beforeEach(async () => {
  base = await mkdtemp(path.join(tmpdir(), "quiesce-restore it's-"));
  from = path.join(base, 'from');
  to = path.join(base, 'to');
  await mkdir(path.join(from, 'sub', 'empty'), { recursive: true });
  await mkdir(to);
  await writeFile(path.join(from, '-a.img'), 'an image');
  await writeFile(path.join(from, 'sub', odd), 'odd', { mode: 0o640 });
  await symlink('-a.img', path.join(from, 'link'));
  await writeFile(path.join(from, 'sparse'), 'x');
  await truncate(path.join(from, 'sparse'), 50 * 2 ** 20);
});

afterEach(async () => {
  await rm(base, { recursive: true });
});

const list = async (names?: readonly string[]): Promise<ReturnType<typeof parseEntries>> =>
  parseEntries((await run(transport, listEntriesCommand({ folder: from, names }))).stdout);
const namesOf = (entries: readonly { name: string }[]): string[] => entries.map(({ name }) => name);

describe('listEntriesCommand', () => {
  it('lists all of a folder, folders before what is in them', async () => {
    const { entries, missing } = await list();
    expect(missing).toEqual([]);
    expect(namesOf(entries).toSorted()).toEqual(['-a.img', 'link', 'sparse', 'sub', 'sub/empty', `sub/${odd}`]);
    expect(namesOf(entries).indexOf('sub')).toBeLessThan(namesOf(entries).indexOf(`sub/${odd}`));
    const sparse = entries.find(({ name }) => name === 'sparse');
    expect(sparse).toMatchObject({ type: 'file', sizeBytes: 50 * 2 ** 20 });
    expect(sparse?.allocatedBytes).toBeLessThan(2 ** 20);
    expect(entries.find(({ name }) => name === 'link')).toMatchObject({ type: 'other', sizeBytes: 0 });
  });

  it('lists what is named, and tells what is not there', async () => {
    const { entries, missing } = await list(['-a.img', 'sub', 'gone']);
    expect(namesOf(entries).toSorted()).toEqual(['-a.img', 'sub', 'sub/empty', `sub/${odd}`]);
    expect(missing).toEqual(['gone']);
    expect(() => parseEntries('what\0')).toThrow(OutputParseError);
  });

  it('tells which of it are sockets, that tar passes over', async () => {
    const socket = createServer().listen(path.join(from, 'sub', 'agent.sock'));
    await once(socket, 'listening');
    try {
      const { entries, sockets } = await list();
      expect(sockets).toEqual(['sub/agent.sock']);
      const names = namesOf(entries);
      expect(names).toContain('sub/agent.sock');
      await run(transport, copyFilesCommand({ from, to, names }));
      expect(await readdir(path.join(to, 'sub'))).not.toContain('agent.sock');
    } finally {
      socket.close();
    }
  });

  it('follows no symbolic link on the way to what is named', async () => {
    await mkdir(path.join(base, 'live', 'deep'), { recursive: true });
    await writeFile(path.join(base, 'live', 'deep', 'a.img'), 'live');
    await symlink(path.join(base, 'live'), path.join(from, 'sub', 'old'));
    const { entries, linked, missing } = await list(['sub/old/deep/a.img', 'link', `sub/${odd}`]);
    expect(linked).toEqual([{ name: 'sub/old/deep/a.img', link: 'sub/old' }]);
    expect(missing).toEqual([]);
    expect(namesOf(entries)).toEqual(['link', `sub/${odd}`]);
  });
});

describe('the copying of files', () => {
  const everything = async (): Promise<string[]> => namesOf((await list()).entries);
  const expectWhole = async (): Promise<void> => {
    expect(await readFile(path.join(to, 'sub', odd), 'utf8')).toBe('odd');
    expect((await stat(path.join(to, 'sub', odd))).mode & 0o777).toBe(0o640);
    const { blocks, size } = await stat(path.join(to, 'sparse'));
    expect(size).toBe(50 * 2 ** 20);
    expect(blocks).toBeLessThan(2048);
    expect((await stat(path.join(to, 'sub', 'empty'))).isDirectory()).toBe(true);
    expect(await readFile(path.join(to, 'link'), 'utf8')).toBe('an image');
  };

  it('keeps holes, modes and links on one host', async () => {
    await run(transport, copyFilesCommand({ from, to, names: await everything() }));
    await expectWhole();
  });

  it('keeps them on the way to another', async () => {
    const names = await everything();
    await pipe([
      { transport, command: packCommand({ folder: from, names }) },
      { transport, command: unpackCommand({ folder: to }) },
    ]);
    await expectWhole();
  });

  it('tells how far it is', async () => {
    await writeFile(path.join(from, 'large'), Buffer.alloc(40 * 2 ** 20, 1));
    const told: number[] = [];
    for await (const line of lines(transport, copyFilesCommand({ from, to, names: ['large'] }))) {
      const bytes = copiedBytes(line);
      if (bytes !== undefined) told.push(bytes);
    }
    expect(told).toEqual([16_384_000, 32_768_000]);
  });

  it.each([['gone'], ['-a.img', 'gone']])('fails where something is not there: %s', async (...names) => {
    await expect(run(transport, copyFilesCommand({ from, to, names }))).rejects.toThrow(/gone/);
  });

  it('fails where it can not be written', async () => {
    const command = copyFilesCommand({ from, to: path.join(base, 'nowhere'), names: ['-a.img'] });
    await expect(run(transport, command)).rejects.toThrow(/nowhere/);
  });
});

describe('the checksums', () => {
  // As Python's hashlib has it for the same bytes
  const sum = '9f983b25f3099baeda56a393bcfa8ed13690fe8dea5adcdc7d1b93e4f5970c61';

  it('are read', async () => {
    const { stdout } = await run(transport, sumsCommand({ folder: from, names: ['-a.img', `sub/${odd}`] }));
    const found = parseSums(stdout);
    expect([...found.keys()]).toEqual(['-a.img', `sub/${odd}`]);
    expect(found.get('-a.img')).toBe(sum);
    await writeFile(path.join(from, 'empty'), '');
    const empty = await run(transport, sumsCommand({ folder: from, names: ['empty'] }));
    expect(parseSums(empty.stdout)).toEqual(new Map([['empty', emptySum]]));
    expect(() => parseSums('x\0')).toThrow(OutputParseError);
    await expect(run(transport, sumsCommand({ folder: from, names: ['gone'] }))).rejects.toThrow(/gone/);
  });
});

describe('the folder of a restore', () => {
  // In place of the folder that only root can write.
  const play = async (command: Command): Promise<string> => {
    const args = command.args.map((word) => word.replaceAll(stateFolder, path.join(base, 'run')));
    return (await run(transport, { ...command, args })).stdout;
  };
  const isThere = async (...names: string[]): Promise<boolean> =>
    stat(path.join(base, ...names)).then(
      () => true,
      () => false,
    );

  it('is made where none is, without what earlier ones left, found, and removed with all in it', async () => {
    const [first, second] = ['1364083186-0a0b0c0d', '1364083186-0a0b0c0e'];
    const root = path.join(to, 'deep');
    expect(parseRestores(await play(listRestoresCommand()))).toEqual([]);
    await play(openRestoreCommand({ root, runId: first, number: 0 }));
    await writeFile(path.join(restoreFolderOf({ root, runId: first }), 'x'), '');
    await play(openRestoreCommand({ root, runId: second, number: 3 }));
    expect(await isThere('to', 'deep', `.quiesce-restore-${first}`)).toBe(false);
    await writeFile(path.join(restoreFolderOf({ root, runId: second }), 'x'), '');
    const found = parseRestores(await play(listRestoresCommand()));
    expect(found).toEqual(
      expect.arrayContaining([
        { root, runId: first, number: 0 },
        { root, runId: second, number: 3 },
      ]),
    );
    for (const folder of found) await play(closeRestoreCommand(folder));
    expect(await isThere('to', 'deep', `.quiesce-restore-${second}`)).toBe(false);
    expect(await isThere('run', second)).toBe(false);
    expect(parseRestores(await play(listRestoresCommand()))).toEqual([]);
  });

  it('leaves what is named nearly like one', async () => {
    const [notes, old] = ['.quiesce-restore-my-notes', '.quiesce-restore-1364083186-0a0b0c0d'];
    await mkdir(path.join(to, notes));
    await mkdir(path.join(to, `${old}.txt`));
    await mkdir(path.join(to, old));
    await play(openRestoreCommand({ root: to, runId: '1364083186-0a0b0c0e', number: 0 }));
    expect(await isThere('to', notes)).toBe(true);
    expect(await isThere('to', `${old}.txt`)).toBe(true);
    expect(await isThere('to', old)).toBe(false);
  });

  it.each([
    '1364083186-0a0b0c0d/restore-1\0/etc\0',
    '1364083186-0a0b0c0d/restore-1\0/srv/.quiesce-restore-1364083186-0a0b0c0e\0',
    'x/restore-1\0/srv/.quiesce-restore-x\0',
  ])('is no other folder: %j', (stdout) => {
    expect(parseRestores(stdout)).toEqual([]);
  });
});
