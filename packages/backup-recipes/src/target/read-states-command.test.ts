import { cp, mkdir, writeFile } from 'node:fs/promises';
import { OutputParseError } from '@quiesce/command';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseStates, readStatesCommand } from './read-states-command.js';
import {
  completeFolderCommand,
  completeTargetCommand,
  openFolderCommand,
  openTargetCommand,
} from './target-commands.js';
import { TargetFolder } from './testing/target-folder.js';

const [older, newer] = ['1364083186-0a0b0c0d', '1364169586-00000001'];
const images = { folder: 'SSD.images', source: '/dev/SSD/images', place: '/srv/SSD/images' };
const guest = {
  ...{ name: 'MySQL', uuid: 'u', definition: '<domain>\n</domain>\n' },
  images: [{ path: '/srv/SSD/images/MySQL.img', folder: 'SSD.images', file: 'MySQL.img' }],
};

// Folders in place of mounts, which take more than a test may do.
const inPlaceOfMounts = `
all=$(mktemp -d)
mount() {
  case $2 in
    tmpfs) snapshots=$target/.zfs/snapshot target=$all ;;
    *) [ -d "$snapshots/\${8#*@}" ] && rmdir "$9" && ln -s "$snapshots/\${8#*@}" "$9" ;;
  esac
}
`;

let target: TargetFolder;

beforeEach(async () => {
  target = await TargetFolder.create();
});

afterEach(async () => {
  await target[Symbol.asyncDispose]();
});

const read = async (snapshots: readonly string[]): Promise<ReturnType<typeof parseStates>> => {
  const { dataset, targetFolder } = target.place;
  const command = readStatesCommand({ dataset, targetFolder, snapshots: ['', ...snapshots] });
  const [file = '', ...args] = command.args.slice(4);
  args[1] = inPlaceOfMounts + (args[1] ?? '');
  return parseStates((await target.play({ ...command, file, args })).stdout);
};

describe('parseStates', () => {
  it('reads what the files of a target and its snapshots say', async () => {
    await target.play(openTargetCommand(target.place, { runId: older, guests: [guest] }));
    await target.play(openFolderCommand(target.place, { ...images, runId: older }));
    await target.play(completeFolderCommand(target.place, { ...images, runId: older }));
    await target.play(completeTargetCommand(target.place, { runId: older }));
    await mkdir(target.inTarget('.zfs', 'snapshot', 'daily.1'), { recursive: true });
    await mkdir(target.inTarget('.zfs', 'snapshot', "of others, it's"), { recursive: true });
    await cp(target.inTarget('.quiesce'), target.inTarget('.zfs', 'snapshot', 'daily.1', '.quiesce'), {
      recursive: true,
    });
    await target.play(openTargetCommand(target.place, { runId: newer, guests: [] }));
    await target.play(openFolderCommand(target.place, { ...images, runId: newer }));
    const states = await read(['daily.1', "of others, it's", 'gone']);
    expect([...states.keys()]).toEqual(['', 'daily.1', "of others, it's"]);
    expect(states.get('')).toEqual({
      state: {
        run: { runId: newer, complete: false },
        folders: [{ ...images, runId: newer, complete: false }],
      },
      guests: { runId: newer, guests: [] },
    });
    expect(states.get('daily.1')).toEqual({
      state: { run: { runId: older, complete: true }, folders: [{ ...images, runId: older, complete: true }] },
      guests: { runId: older, guests: [guest] },
    });
    const nothing = { state: { run: undefined, folders: [] }, guests: undefined };
    expect(states.get("of others, it's")).toEqual(nothing);
  });

  it('takes nothing from a broken file', async () => {
    await target.play(openTargetCommand(target.place, { runId: older, guests: [guest] }));
    await writeFile(target.inTarget('.quiesce', 'guests.json'), '{"version":');
    await writeFile(target.inTarget('.quiesce', 'run.json'), '');
    expect((await read([])).get('')).toEqual({ state: { run: undefined, folders: [] }, guests: undefined });
  });

  it('refuses anything else', () => {
    expect(() => parseStates('what is this\0')).toThrow(OutputParseError);
  });
});
