import { mkdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command, CommandOutput } from '@quiesce/command';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  completeFolderCommand,
  completeTargetCommand,
  openFolderCommand,
  openTargetCommand,
  parseTargetContents,
  proveFolderCommand,
  readTargetStateCommand,
  type TargetPlace,
} from './target-commands.js';
import { parseTargetState } from './target-state.js';
import { mountLine, TargetFolder } from './testing/target-folder.js';

let folder: TargetFolder;
let base: string;
let target: string;
const runId = '1364083186-0a0b0c0d';
const place = (): TargetPlace => folder.place;
const play = async (command: Command, exitCode?: number): Promise<CommandOutput> => folder.play(command, exitCode);
const images = { folder: 'SSD.images', source: '/dev/SSD/images', runId };

beforeEach(async () => {
  folder = await TargetFolder.create();
  base = folder.base;
  target = folder.place.targetFolder;
});

afterEach(async () => {
  await folder[Symbol.asyncDispose]();
});

async function open(): Promise<void> {
  await play(openTargetCommand(place(), { runId, guests: [] }));
  await play(openFolderCommand(place(), images));
}

describe('the commands about a target', () => {
  it('close it, make its folders, and tell what they hold', async () => {
    await open();
    expect(
      [await stat(target), await stat(path.join(target, 'SSD.images'))].map(({ mode, uid }) => [mode & 0o777, uid]),
    ).toEqual([
      [0o700, 0],
      [0o700, 0],
    ]);
    const read = async (): Promise<unknown> => parseTargetState((await play(readTargetStateCommand(place()))).stdout);
    const torn = { run: { runId, complete: false }, folders: [{ ...images, complete: false }] };
    expect(await read()).toEqual(torn);
    await play(completeFolderCommand(place(), images));
    expect(await read()).toEqual({ ...torn, folders: [{ ...images, complete: true }] });
    await play(completeTargetCommand(place(), { runId }));
    expect(await read()).toEqual({ run: { runId, complete: true }, folders: [{ ...images, complete: true }] });
  });

  it('know of nothing where no run has written', async () => {
    expect((await play(readTargetStateCommand(place()))).stdout).toBe('');
  });

  it('name folders that are not complete, and forget those that are gone', async () => {
    await open();
    await play(openFolderCommand(place(), { ...images, folder: 'raid5.VM.images' }));
    await play(completeFolderCommand(place(), images));
    const { stdout } = await play(completeTargetCommand(place(), { runId }), 4);
    expect(stdout).toBe('incomplete raid5.VM.images\n');
    await rm(path.join(target, 'raid5.VM.images'), { recursive: true });
    await play(completeTargetCommand(place(), { runId }));
    expect(await readFile(path.join(target, '.quiesce', 'run.json'), 'utf8')).toContain('"complete"');
  });

  it.each([
    ['something is mounted over the target', (): string => mountLine(target, 'tmpfs', 'tmpfs')],
    ['something is mounted above the target', (): string => mountLine(base, 'tmpfs', 'tmpfs')],
    [
      'something is mounted over the folder',
      (): string => mountLine(path.join(target, 'SSD.images'), 'tmpfs', 'tmpfs'),
    ],
    ['another dataset is mounted there', (): string => mountLine(target, 'zfs', 'archives/my')],
    ['a part of the dataset is mounted there', (): string => mountLine(target, 'zfs', place().dataset, '/x')],
  ])('refuse where %s', async (_, line) => {
    await open();
    await folder.mount(line());
    for (const command of [
      openFolderCommand(place(), images),
      proveFolderCommand(place(), images),
      completeFolderCommand(place(), images),
    ]) {
      const { stderr } = await play(command, 3);
      expect(stderr).toContain('does not lie on the dataset of the target');
    }
    expect(await readFile(path.join(target, '.quiesce', 'folders', 'SSD.images.json'), 'utf8')).toContain(
      '"incomplete"',
    );
  });

  it.each(['SSD.images/sub', 'SSD.images/my disk'])(
    'refuse where something is mounted in the folder: %s',
    async (inside) => {
      await open();
      await folder.mount(mountLine(path.join(target, inside), 'tmpfs', 'tmpfs'));
      const { stderr } = await play(completeFolderCommand(place(), images), 3);
      expect(stderr).toContain('has something mounted in it');
      await mkdir(path.join(target, inside));
      expect((await play(proveFolderCommand(place(), { folder: inside }), 3)).stderr).toContain(
        'does not lie on the dataset',
      );
    },
  );

  it('do not call complete what was rolled back or written by another run meanwhile', async () => {
    await open();
    const other = '1364083200-00000001';
    expect((await play(completeFolderCommand(place(), { ...images, runId: other }), 3)).stderr).toContain(
      'rolled back',
    );
    expect((await play(completeTargetCommand(place(), { runId: other }), 3)).stderr).toContain('rolled back');
    await play(completeFolderCommand(place(), images));
    await play(completeFolderCommand(place(), images), 3);
  });

  it('know of folders whose names begin with a dot', async () => {
    await open();
    await play(completeFolderCommand(place(), images));
    await play(openFolderCommand(place(), { ...images, folder: '.host' }));
    expect((await play(completeTargetCommand(place(), { runId }), 4)).stdout).toBe('incomplete .host\n');
    expect(parseTargetState((await play(readTargetStateCommand(place()))).stdout).folders).toHaveLength(2);
  });

  it('name what no run of ours wrote, and take nothing of that for a copy', async () => {
    await open();
    await play(completeFolderCommand(place(), images));
    for (const name of ['lost+found', 'a dataset', 'of another tool', '.hidden']) await mkdir(path.join(target, name));
    await folder.mount(mountLine(path.join(target, 'a dataset'), 'zfs', 'b'));
    const { stdout } = await play(completeTargetCommand(place(), { runId }));
    expect(parseTargetContents(stdout)).toEqual({ incomplete: [], foreign: ['of another tool', '.hidden'] });
    expect(await readFile(path.join(target, '.quiesce', 'run.json'), 'utf8')).toContain('"complete"');
  });

  it('take a mount beside the target for none of their business', async () => {
    await folder.mount(mountLine(`${target}2`, 'tmpfs', 'tmpfs'));
    await open();
    await play(completeFolderCommand(place(), images));
  });

  it('refuse a symbolic link in place of the folder, and on the way to it', async () => {
    await play(openTargetCommand(place(), { runId, guests: [] }));
    await mkdir(path.join(base, 'elsewhere', 'boot'), { recursive: true });
    await symlink(path.join(base, 'elsewhere'), path.join(target, 'SSD.images'));
    await play(openFolderCommand(place(), images), 3);
    await play(completeFolderCommand(place(), images), 3);
    await play(proveFolderCommand(place(), { folder: 'SSD.images/boot' }), 3);
    await rm(path.join(target, '.quiesce'), { recursive: true });
    await symlink(path.join(base, 'elsewhere'), path.join(target, '.quiesce'));
    await play(openTargetCommand(place(), { runId, guests: [] }), 3);
    await play(completeTargetCommand(place(), { runId }), 3);
  });

  it('refuse a file in place of the folder', async () => {
    await play(openTargetCommand(place(), { runId, guests: [] }));
    await writeFile(path.join(target, 'SSD.images'), '');
    await play(openFolderCommand(place(), images), 3);
  });
});
