import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { localTransport, run, TransportError, type Command, type Transport } from '@quiesce/command';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sumsCommand, parseSums } from '../host/file-sums.js';
import type { KeptFile } from '../host/kept-files.js';
import { Journal } from '../journal.js';
import { stateFolder } from '../run-folder.js';
import type { Batch } from './batches.js';
import { resolveRestoreOptions } from './options.js';
import type { RestoredFile, RestoreProgressEvent, RestoreStep } from './report.js';
import { restoreBatch } from './restore-batch.js';

const runId = '1364083186-0a0b0c0d';
const local = localTransport();
let base: string;
let from: string;
let to: string;

beforeEach(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'quiesce-batch-'));
  [from, to] = [path.join(base, 'from'), path.join(base, 'to')];
  await mkdir(from);
  await mkdir(to);
  await writeFile(path.join(from, 'a.img'), '0123456789');
  await writeFile(path.join(from, 'empty'), '');
  await writeFile(path.join(to, 'a.img'), 'what was there');
});

afterEach(async () => {
  await rm(base, { recursive: true });
});

/** In place of the folder that only root can write. */
function here(failing: (command: Command) => boolean): Transport {
  return {
    name: 'here',
    start: (command, options) => {
      const args = command.args.map((word) => word.replaceAll(stateFolder, path.join(base, 'run')));
      const running = local.start({ ...command, args }, options);
      if (!failing(command)) return running;
      const lost = (): never => {
        throw new TransportError('the link was cut', { command, started: true });
      };
      return { ...running, result: running.result.then(lost, lost) };
    },
  };
}

interface Restored {
  readonly files: readonly RestoredFile[];
  readonly problems: readonly string[];
}

async function restore(
  kept: ReadonlyMap<string, KeptFile>,
  failing: (command: Command) => boolean = () => false,
): Promise<Restored> {
  const names = ['a.img', 'empty'];
  const transport = here(failing);
  const batch: Batch = {
    ...{ from, at: base, wrap: (command) => command, shown: from, root: to, real: to, asked: to, number: 0 },
    folder: { folder: 'SSD.images', source: '/dev/SSD/images', runId, complete: true },
    kept: { kind: 'known', files: kept },
    entries: names.map((name) => ({
      ...{ name, type: 'file', sizeBytes: 0, allocatedBytes: 0, to: path.join(to, name) },
    })),
  };
  const journal = new Journal<RestoreStep, RestoreProgressEvent>('copy', undefined);
  const files = await restoreBatch(
    {
      ...{ runId, isDry: false, leftovers: [], signal: new AbortController().signal, journal },
      options: resolveRestoreOptions({ target: 'a/b', restore: 'everything', runningGuests: 'allow', transport }),
    },
    batch,
  );
  return { files, problems: journal.problems.map(({ message }) => message) };
}

async function frozen(): Promise<Map<string, KeptFile>> {
  const { stdout } = await run(local, sumsCommand({ folder: from, names: ['a.img'] }));
  return new Map([
    ['a.img', { type: 'file', sizeBytes: 10, sum: parseSums(stdout).get('a.img') }],
    ['empty', { type: 'file', sizeBytes: 0, sum: undefined }],
  ]);
}

const textOf = (name: string): Promise<string> => readFile(path.join(to, name), 'utf8');

describe('restoreBatch', () => {
  it('compares all with what was frozen, empty files too', async () => {
    const { files, problems } = await restore(await frozen());
    expect(problems).toEqual([]);
    expect(files.map(({ outcome, verifiedBy }) => [outcome, verifiedBy])).toEqual([
      ['restored', 'checksum'],
      ['restored', 'checksum'],
    ]);
    expect(await textOf('a.img')).toBe('0123456789');
    expect((await readdir(to)).toSorted()).toEqual(['a.img', 'empty']);
  });

  it('does not replace an image by a copy that was cut short to nothing', async () => {
    const kept = await frozen();
    await truncate(path.join(from, 'a.img'), 0);
    await writeFile(path.join(from, 'empty'), 'not any more');
    const { files, problems } = await restore(kept);
    expect(problems).toHaveLength(2);
    expect(problems[0]).toContain('it is not what was frozen: the copy in the target is damaged');
    expect(files.map(({ outcome, verifiedBy }) => [outcome, verifiedBy])).toEqual([
      ['kept', undefined],
      ['kept', undefined],
    ]);
    expect(await textOf('a.img')).toBe('what was there');
  });

  it('does not say that it kept what it may have replaced', async () => {
    const { files, problems } = await restore(await frozen(), ({ args }) =>
      args.some((word) => word.includes('ln --force')),
    );
    expect(problems).toEqual([
      `whether the files of ${to} were moved to their places is not known: see what is there (ls -l), and restore again`,
    ]);
    expect(files.map(({ outcome }) => outcome)).toEqual(['not-known', 'not-known']);
    expect(await textOf('a.img')).toBe('0123456789');
  });
});
