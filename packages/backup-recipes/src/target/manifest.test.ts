import {
  link,
  mkdir,
  open,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { createCommand, localTransport, OutputParseError, run } from '@quiesce/command';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  checkManifestCommand,
  parseChecksums,
  parseCheckRecord,
  writeManifestCommand,
  type Checksums,
  type CheckRecord,
} from './manifest.js';
import { completeFolderCommand, openFolderCommand, openTargetCommand } from './target-commands.js';
import { TargetFolder } from './testing/target-folder.js';

const runId = '1364083186-0a0b0c0d';
const folder = 'SSD.images';
const images = { folder, source: '/dev/SSD/images', runId };
const large = 65 * 1024 ** 2;
const odd = "it's\n$HOME  *";

let target: TargetFolder;
/** What was frozen, and its copy in the target. */
let source: string;
let copy: string;
let manifest: string;

beforeEach(async () => {
  target = await TargetFolder.create();
  source = path.join(target.base, 'frozen');
  copy = target.inTarget(folder);
  manifest = target.inTarget('.quiesce', 'manifests', folder);
  await target.play(openTargetCommand(target.place, { runId, guests: [] }));
  await target.play(openFolderCommand(target.place, images));
  for (const base of [source, copy]) {
    await mkdir(path.join(base, 'sub', 'empty'), { recursive: true });
    await writeFile(path.join(base, 'MySQL.img'), 'an image');
    await writeFile(path.join(base, '-'), 'a dash');
    await writeFile(path.join(base, 'sub', odd), 'odd');
    await writeFile(path.join(base, 'nothing'), '');
    await writeFile(path.join(base, 'large.img'), 'the beginning');
    await truncate(path.join(base, 'large.img'), large);
    await symlink('MySQL.img', path.join(base, 'link'));
    await link(path.join(base, 'MySQL.img'), path.join(base, 'hard link'));
  }
});

afterEach(async () => {
  await target[Symbol.asyncDispose]();
});

async function keep(reuse = true, ofRun = runId): Promise<Checksums> {
  const command = writeManifestCommand(target.place, { folder, source, runId: ofRun, reuse });
  return parseChecksums((await target.play(command)).stdout);
}

async function kept(): Promise<Checksums> {
  const checksums = await keep();
  await target.play(completeFolderCommand(target.place, images));
  return checksums;
}

async function check(ofRun = runId): Promise<CheckRecord[]> {
  const { stdout } = await target.play(checkManifestCommand({ folder: copy, manifest, runId: ofRun }));
  return stdout.split('\0').slice(0, -1).map(parseCheckRecord);
}

const differences = (records: readonly CheckRecord[]): string[] =>
  records.flatMap((record) => (record.kind === 'different' ? [record.name] : []));

const bytes = 8 + 8 + 6 + 3 + large;

describe('the checksums of a folder', () => {
  it('are those of every file that is not empty', async () => {
    expect(await kept()).toEqual({ files: 5, bytes, readBytes: bytes });
    const records = await check();
    expect(differences(records)).toEqual([]);
    expect(records[0]).toEqual({ kind: 'total', bytes });
    const read = records.flatMap((record) => (record.kind === 'read' ? [record.bytes] : []));
    expect(read.toSorted((one, other) => one - other)).toEqual([3, 6, 8, 8, large]);
    expect(records.slice(-2)).toEqual([
      { kind: 'files', count: 5 },
      { kind: 'bytes', count: bytes },
    ]);
    // As Python's hashlib has it for the same bytes
    expect(await readFile(manifest, 'utf8')).toContain(
      '\0s 9f983b25f3099baeda56a393bcfa8ed13690fe8dea5adcdc7d1b93e4f5970c61 MySQL.img\0',
    );
  });

  it.each(['1960-01-01T00:00:00Z', '1969-12-31T23:59:59.500Z', '1970-01-01T00:00:00Z'])(
    'find nothing in a file of %s',
    async (time) => {
      for (const base of [source, copy]) await utimes(path.join(base, 'MySQL.img'), new Date(time), new Date(time));
      await kept();
      expect(differences(await check())).toEqual([]);
      await writeFile(path.join(copy, 'MySQL.img'), 'an imagE');
      expect(differences(await check()).toSorted()).toEqual(['MySQL.img', 'hard link']);
    },
  );

  it('name what differs', async () => {
    await kept();
    await writeFile(path.join(copy, 'MySQL.img'), 'an imagE');
    await writeFile(path.join(copy, 'sub', odd), 'longer');
    await writeFile(path.join(copy, 'surplus'), 'x');
    await rm(path.join(copy, '-'));
    await rm(path.join(copy, 'link'));
    await symlink('elsewhere', path.join(copy, 'link'));
    await rm(path.join(copy, 'sub', 'empty'), { recursive: true });
    await writeFile(path.join(copy, 'sub', 'empty'), '');
    // A hard link of the image.
    const expected = ['-', 'MySQL.img', 'hard link', 'link', 'sub/empty', `sub/${odd}`, 'surplus'];
    expect(differences(await check()).toSorted()).toEqual(expected);
  });

  it.each([
    ['sort', '*kept*'],
    ['sort', '*wanted*'],
    ['sort', '*found*'],
    ['sort', '*different*'],
    ['comm', '*there'],
    ['comm', '*found'],
    ['sed', '*different'],
    ['tr', '*'],
  ])('are not called the same where %s died of %s', async (program, words) => {
    await kept();
    await writeFile(path.join(copy, 'MySQL.img'), 'an imagE');
    const bin = path.join(target.base, 'bin');
    await mkdir(bin);
    const script = `#!/bin/sh\ncase "$*" in ${words}) kill -9 $$ ;; esac\nexec /usr/bin/${program} "$@"\n`;
    await writeFile(path.join(bin, program), script, { mode: 0o755 });
    const command = checkManifestCommand({ folder: copy, manifest, runId });
    const PATH = `${bin}:${process.env['PATH'] ?? ''}`;
    await expect(run(localTransport(), { ...command, env: { ...command.env, PATH } })).rejects.toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('can not be compared: is there room in') as string,
    });
  });

  // Where the pool hangs, what writes to it can't be ended. What was frozen must be unmounted even
  // so.
  it('are written by nothing that stands in what was frozen', async () => {
    const names = Array.from({ length: 600 }, (_, number) => `${String(number)}${'-'.repeat(200)}`);
    for (const name of names) await writeFile(path.join(source, name), '');
    await run(localTransport(), createCommand('mkfifo', [`${manifest}.new`]));
    const keeping = keep();
    // It is being written, and holds more than a pipe does.
    await using reading = await open(`${manifest}.new`);
    const standing = await Promise.all(
      (await readdir('/proc'))
        .filter((name) => /^\d+$/.test(name))
        .map(async (pid) => readlink(`/proc/${pid}/cwd`).catch(() => '')),
    );
    expect(standing.filter((folderOfProcess) => folderOfProcess.startsWith(source))).toEqual([]);
    expect(await reading.readFile('utf8')).toContain(names[599]);
    expect(await keeping).toMatchObject({ files: 5 });
  });

  it('find one bit in a large file', async () => {
    await kept();
    const file = path.join(copy, 'large.img');
    const { mtime } = await stat(file);
    const content = await readFile(file);
    content[large - 1] = 1;
    await writeFile(file, content);
    await utimes(file, mtime, mtime);
    expect(differences(await check())).toEqual(['large.img']);
  });

  it('are taken over where size and time are the same', async () => {
    await kept();
    await target.play(openFolderCommand(target.place, images));
    await writeFile(path.join(source, 'MySQL.img'), 'AN IMAGE');
    const other = '1364169586-0000000a';
    expect(await keep(true, other)).toEqual({ files: 5, bytes, readBytes: 16 });
    expect(await keep(false, other)).toEqual({ files: 5, bytes, readBytes: bytes });
    // Those of a run that is not this folder's are not taken for its own.
    await target.play(completeFolderCommand(target.place, images));
    expect(await check()).toEqual([{ kind: 'unknown', why: 'none' }]);
  });

  it('are no other run’s, and none that are broken', async () => {
    await kept();
    expect(await check('1364169586-0000000a')).toEqual([{ kind: 'unknown', why: 'other' }]);
    const content = await readFile(manifest);
    await writeFile(manifest, content.subarray(0, -10));
    expect(await check()).toEqual([{ kind: 'unknown', why: 'broken' }]);
    expect(await keep()).toMatchObject({ readBytes: bytes });
    await rm(manifest);
    expect(await check()).toEqual([{ kind: 'unknown', why: 'none' }]);
  });

  it('fail where the source can not be read', async () => {
    await rm(source, { recursive: true });
    const command = writeManifestCommand(target.place, { folder, source, runId, reuse: false });
    expect((await target.play(command, 1)).stderr).toContain(`${source} can not be read whole`);
  });
});

describe('parseChecksums', () => {
  it('refuses what was cut short', () => {
    expect(() => parseChecksums('files 1\0bytes 2\0read ')).toThrow(OutputParseError);
    expect(() => parseCheckRecord('what')).toThrow(OutputParseError);
    expect(() => parseCheckRecord('unknown why')).toThrow(OutputParseError);
  });
});
