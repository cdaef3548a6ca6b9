import { chmod, chown, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRsync } from '../create-rsync.js';
import { MaxDeleteError, PartialTransferError } from '../errors.js';
import type { SyncEvent } from '../output/index.js';
import { execute, failureOf, processesWith, testFolder } from '../../test/folders.js';

const mebibyte = 1024 ** 2;
const rsync = createRsync();
const folder = testFolder();
const { places } = folder;

describe('rsync.diff', () => {
  it('tells what a copy would do and why, and changes nothing', async () => {
    const { source, destination } = await places();
    for (const name of ['same', 'changed', 'linked']) await writeFile(join(source, name), name);
    await rsync.sync({ source, destination, archive: true });
    await writeFile(join(source, 'changed'), 'longer than before');
    await writeFile(join(source, 'new'), 'new');
    await link(join(source, 'linked'), join(source, 'other name'));
    await writeFile(join(destination, 'gone'), '');
    const before = await execute('find', destination, '-printf', '%p %s %T@ %i\\n');
    const options = { source, destination, archive: true, hardLinks: true, delete: true };
    const told = await rsync.diff(options);
    const after = await execute('find', destination, '-printf', '%p %s %T@ %i\\n');
    expect(after).toBe(before);
    const by = new Map(told.map((one) => [one.path, one]));
    expect(by.get('gone')).toMatchObject({ action: 'deleted', sizeBytes: undefined });
    expect(by.get('new')).toMatchObject({ action: 'created', fileType: 'file', sizeBytes: 3 });
    expect(by.get('changed')).toMatchObject({ action: 'updated', sizeBytes: 18 });
    expect(by.get('changed')?.attributes).toContain('size');
    expect(by.get('other name')).toMatchObject({ action: 'hardLinked', hardLinkOf: { path: 'linked' } });
    expect(by.has('same')).toBe(false);
    await rsync.sync(options);
    expect(await rsync.diff(options)).toEqual([]);
  });

  it('streams, and ends rsync when the loop is left', async () => {
    const { source, destination } = await places();
    for (let count = 0; count < 50; count += 1) await writeFile(join(source, String(count)), '');
    let seen = 0;
    for await (const { action } of rsync.diffStream({ source, destination, archive: true })) {
      expect(action).toBe('created');
      seen += 1;
      if (seen === 3) break;
    }
    expect(seen).toBe(3);
    expect(await processesWith(source)).toEqual([]);
  });
});

describe('rsync.list', () => {
  it('tells type, mode, size, time and target', async () => {
    const { source } = await places();
    await writeFile(join(source, 'file'), '12345');
    await chmod(join(source, 'file'), 0o4751);
    await execute('touch', '-d', '2020-02-29T12:34:56Z', join(source, 'file'));
    await execute('ln', '-s', 'file', join(source, 'link'));
    await execute('mkfifo', join(source, 'fifo'));
    await mkdir(join(source, 'dir'));
    await writeFile(join(source, 'dir', 'inner'), '');
    const listed = await rsync.list({ source });
    expect(listed.map(({ fileType, path }) => [path, fileType])).toEqual([
      ['.', 'directory'],
      ['fifo', 'special'],
      ['file', 'file'],
      ['link', 'symbolicLink'],
      ['dir', 'directory'],
    ]);
    expect(listed.find(({ path }) => path === 'file')).toEqual({
      ...{ path: 'file', pathBytes: undefined, fileType: 'file', mode: 0o4751, sizeBytes: 5, linkTarget: undefined },
      modifiedAt: new Date('2020-02-29T12:34:56Z'),
    });
    expect(listed.find(({ path }) => path === 'link')?.linkTarget).toEqual({ path: 'file', pathBytes: undefined });
    const all: string[] = [];
    for await (const { path } of rsync.listStream({ source, recursive: true, excludes: 'fifo' })) all.push(path);
    expect(all).toEqual(['.', 'file', 'link', 'dir', 'dir/inner']);
  });

  it('fails for what is not there', async () => {
    expect(await failureOf(rsync.list({ source: join(folder.path, 'none') }))).toBeInstanceOf(PartialTransferError);
  });
});

describe('the result of rsync.sync', () => {
  it('has the changes that the caller has room for', async () => {
    const { source, destination } = await places();
    for (let count = 0; count < 10; count += 1) await writeFile(join(source, String(count)), '');
    const options = { source, destination, archive: true, itemizeChanges: true, dryRun: true };
    expect(await rsync.sync(options)).toMatchObject({ changes: [], changesLeftOut: 11 });
    const { changes, changesLeftOut } = await rsync.sync({ ...options, maximumChanges: 4 });
    expect([changes.length, changesLeftOut]).toEqual([4, 7]);
    await expect(rsync.sync({ source, destination, maximumChanges: 4 })).rejects.toThrow(/itemizeChanges/);
  });

  it('tells a percentage from the start where rsync looks at everything first', async () => {
    const { source, destination } = await places();
    await writeFile(join(source, 'image'), Buffer.alloc(4 * mebibyte));
    const percents = async (extraArguments: readonly string[]): Promise<readonly (number | undefined)[]> => {
      const events: SyncEvent[] = [];
      const options = { source, destination, archive: true, bandwidthLimitBytesPerSecond: 4 * mebibyte };
      for await (const event of rsync.sync({ ...options, dryRun: false, extraArguments })) events.push(event);
      await rm(destination, { recursive: true });
      return events.flatMap((event) => (event.type === 'progress' ? [event.percent] : []));
    };
    const known = await percents(['--no-inc-recursive']);
    expect(known.every((percent) => percent !== undefined)).toBe(true);
    const guessed = await percents([]);
    expect([guessed[0], guessed.at(-1)]).toEqual([undefined, 100]);
  });

  it('tells how little had to be written, and what would make it less', async () => {
    const { source, destination } = await places();
    const image = Buffer.alloc(4 * mebibyte, 'x');
    await writeFile(join(source, 'image'), image);
    await rsync.sync({ source, destination, archive: true });
    const change = async (byte: number): Promise<void> => {
      image[byte] = 0;
      await writeFile(join(source, 'image'), image);
    };
    await change(1);
    const options = { source, destination, archive: true, checksum: true };
    const whole = (await rsync.sync(options)).efficiency;
    expect(whole).toMatchObject({ literalBytes: image.length, wholeFileBytes: image.length, literalShare: 1 });
    expect(whole.hints.map(({ hint }) => hint)).toEqual(['wholeFile']);
    await change(2);
    const inplace = { ...options, inplace: true, wholeFile: false, hardLinks: true };
    const { efficiency } = await rsync.sync(inplace);
    expect(efficiency.literalBytes).toBeLessThan(mebibyte);
    expect(efficiency.literalBytes + efficiency.matchedBytes).toBe(efficiency.wholeFileBytes);
    expect(efficiency.hints.map(({ hint }) => hint)).toEqual(['linkedInplace']);
    await change(3);
    const sparse = await rsync.sync({ ...inplace, hardLinks: false, extraArguments: ['--sparse'] });
    expect(sparse.efficiency.hints.map(({ hint }) => hint)).toEqual(['sparseInplace']);
  });
});

describe('what the caller takes for a warning', () => {
  it('is what could not be read', async () => {
    const { source, destination } = await places();
    await writeFile(join(source, 'closed'), 'x', { mode: 0o600 });
    await writeFile(join(source, 'open'), 'x', { mode: 0o644 });
    await mkdir(destination);
    await chown(destination, 65534, 65534);
    const path = join(folder.path, 'rsync-as-nobody');
    await writeFile(path, '#!/bin/sh\nexec setpriv --reuid=65534 --clear-groups rsync "$@"\n', { mode: 0o755 });
    const limited = createRsync({ path });
    const error = await failureOf(limited.sync({ source, destination, recursive: true }));
    expect(error).toBeInstanceOf(PartialTransferError);
    const result = await limited.sync({ source, destination, recursive: true, partialTransfer: 'warn' });
    expect(result).toMatchObject({ exitCode: 23, failures: [{ path: `${source}closed`, errno: 13 }] });
    expect(await readFile(join(destination, 'open'), 'utf8')).toBe('x');
  });

  it('is what was not deleted', async () => {
    const { source, destination } = await places();
    await mkdir(destination);
    for (const name of ['1', '2', '3']) await writeFile(join(destination, name), '');
    const options = { source, destination, recursive: true, delete: true, maxDelete: 1 };
    expect(await failureOf(rsync.sync(options))).toBeInstanceOf(MaxDeleteError);
    expect(await rsync.sync({ ...options, maxDeleteReached: 'warn' })).toMatchObject({ exitCode: 25 });
  });
});
