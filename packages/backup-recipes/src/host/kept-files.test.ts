import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { localTransport, OutputParseError, run } from '@quiesce/command';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keptFilesCommand, parseKeptFiles, type KeptFiles } from './kept-files.js';

const transport = localTransport();
const [runId, sum] = ['1364083186-0a0b0c0d', 'a'.repeat(64)];
const odd = "it's\n$HOME";
let folder: string;
let manifest: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "quiesce-kept it's-"));
  manifest = path.join(folder, 'manifest');
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function kept(names?: readonly string[]): Promise<KeptFiles> {
  return parseKeptFiles((await run(transport, keptFilesCommand({ manifest, runId, names }))).stdout);
}

const records = [
  'f 8 1.0 -a.img',
  'f 0 -315619200.0 empty',
  'd - - sub',
  `f 3 1.0 sub/${odd}`,
  'l - - link//-a.img',
  's - - socket',
  `s ${sum} -a.img`,
  `s ${sum} sub/${odd}`,
];

async function write(head: string, count = records.length): Promise<void> {
  await writeFile(manifest, [head, ...records, `end ${String(count)}`, ''].join('\0'));
}

const whole = `quiesce-manifest 1 ${runId}`;
const image = { type: 'file', sizeBytes: 8, sum } as const;
const nothing = { sizeBytes: 0, sum: undefined } as const;

describe('keptFilesCommand', () => {
  it('tells of all that was frozen, empty files too', async () => {
    await write(whole);
    expect(await kept()).toEqual({
      kind: 'known',
      files: new Map([
        ['-a.img', image],
        ['empty', { type: 'file', ...nothing }],
        ['sub', { type: 'folder', ...nothing }],
        [`sub/${odd}`, { type: 'file', sizeBytes: 3, sum }],
        ['link', { type: 'other', ...nothing }],
        ['socket', { type: 'other', ...nothing }],
      ]),
    });
  });

  it('tells of what is named, with all below that', async () => {
    await write(whole);
    const found = async (names: readonly string[]): Promise<string[]> => {
      const told = await kept(names);
      return told.kind === 'known' ? [...told.files.keys()] : [told.kind];
    };
    expect(await found(['sub', 'gone'])).toEqual(['sub', `sub/${odd}`]);
    expect(await found([`sub/${odd}`])).toEqual([`sub/${odd}`]);
    expect(await found(['link', 'socket', 'empty'])).toEqual(['empty', 'link', 'socket']);
  });

  it('tells none, those of another run and broken ones apart', async () => {
    expect(await kept()).toEqual({ kind: 'none' });
    await write('quiesce-manifest 1 1364083187-0a0b0c0d');
    expect(await kept()).toEqual({ kind: 'other' });
    await write(whole, 1);
    expect(await kept()).toEqual({ kind: 'broken' });
    for (const text of ['', 'x', `${whole}\0`, `${whole}\0f x\0end 1\0`, `${whole}\0s ${sum} a\0end 1\0`]) {
      await writeFile(manifest, text);
      expect(await kept()).toEqual({ kind: 'broken' });
    }
  });

  it.each(['', 'kept known\0', 'kept what\0'])('does not take for all what was cut short: %j', (stdout) => {
    expect(() => parseKeptFiles(stdout)).toThrow(OutputParseError);
  });
});
