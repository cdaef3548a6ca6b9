import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCommand, localTransport, run } from '@quiesce/command';
import { afterAll, beforeAll } from 'vitest';

/** Where a test copies from and to. */
export interface Places {
  readonly source: string;
  readonly destination: string;
}

/** The folder of a test file, which goes with its last test. */
export interface TestFolder {
  readonly path: string;
  /** A source, which is there, and a destination, which is not, that no other test has. */
  places(): Promise<Places>;
}

/** Makes a folder for the tests of a file, in another one. */
export function testFolder(parent: string = tmpdir()): TestFolder {
  let path = '';
  let number = 0;
  beforeAll(async () => {
    path = await mkdtemp(join(parent, 'quiesce-rsync-'));
    await chmod(path, 0o755);
  });
  afterAll(async () => rm(path, { recursive: true, force: true }), 60_000);
  return {
    get path() {
      return path;
    },
    places: async () => {
      number += 1;
      const base = join(path, String(number));
      await mkdir(join(base, 'source'), { recursive: true });
      return { source: `${join(base, 'source')}/`, destination: `${join(base, 'destination')}/` };
    },
  };
}

/** Runs a program on this machine. */
export const execute = async (file: string, ...args: readonly string[]): Promise<string> =>
  (await run(localTransport(), createCommand(file, args, { effect: 'write' }))).stdout;

/** What a run fails with. */
export async function failureOf(running: PromiseLike<unknown>): Promise<unknown> {
  try {
    await running;
  } catch (error) {
    return error;
  }
  throw new Error('did not fail');
}

/** The processes of rsync that have a text among their words. */
export async function processesWith(text: string): Promise<string[]> {
  const all = await execute('ps', '-eo', 'pid,args');
  return all.split('\n').filter((line) => line.includes(text) && line.includes('rsync'));
}
