import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localSshd } from '@quiesce/command/client-tests';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRsync } from '../create-rsync.js';
import type { RsyncSshRemote } from '../options/remote.js';
import { startDaemon, type TestDaemon } from '../../test/daemon.js';

const rsync = createRsync();
let sshd: ReturnType<typeof localSshd>;
let daemon: TestDaemon;
let folder = '';
// Each run is a connection of its own.
vi.setConfig({ testTimeout: 120_000 });
const at = (...names: string[]): string => join(folder, ...names);

beforeAll(async () => {
  sshd = localSshd();
  daemon = await startDaemon();
});
afterAll(async () => {
  sshd.remove();
  await daemon.stop();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rsync-endpoints-'));
  return () => {
    rmSync(folder, { recursive: true });
  };
});

/** The same place there: the other machine is this one, by another way. */
function remote(path: string): RsyncSshRemote {
  const { shareConnection: _, path: __, ...ssh } = sshd.ssh;
  return { ...ssh, path };
}

const hostile = [
  'a b',
  "it's",
  '"q"',
  '$HOME',
  '`id`',
  'a*b',
  '*',
  '[ab]',
  '?',
  'a\\b',
  'a\\*b',
  '[',
  ']',
  '\\',
  'a\\',
];
const more = [
  'n\nl',
  'n\n*l',
  '-x',
  '--delete',
  '~',
  '~root',
  '#c',
  ';id',
  '&',
  '!',
  'a:b',
  '{a,b}',
  'é 日',
  '\t',
  'a\rb',
  ' ',
];
const names = [...hostile, ...more];
/** Any of the letters that mean something to a shell, to rsync, or to a pattern. */
const name = fc
  .string({
    unit: fc.constantFrom(...Array.from('ab *?[]\\\'"$`~-!#&;|<>(){}\n\t:@=,.é')),
    minLength: 1,
    maxLength: 12,
  })
  .filter((text) => text !== '.' && text !== '..');

// What a wildcard in one of the names would fit.
const decoys = ['aXb', 'a', 'b', 'X', 'root'];

function fill(directory: string, files: readonly string[]): void {
  mkdirSync(directory, { recursive: true });
  for (const file of [...decoys, ...files]) writeFileSync(join(directory, file), file);
}

async function pull(files: readonly string[]): Promise<void> {
  rmSync(folder, { recursive: true });
  fill(at('from'), files);
  mkdirSync(at('to'));
  await rsync.sync({
    source: files.map((file) => remote(at('from', file))),
    destination: `${at('to')}/`,
    archive: true,
  });
  expect(readdirSync(at('to')).sort()).toEqual([...new Set(files)].sort());
}

async function push(directory: string, file: string): Promise<void> {
  rmSync(folder, { recursive: true });
  fill(at('from'), [file]);
  for (const decoy of decoys) mkdirSync(at('to', decoy), { recursive: true });
  const source = file.startsWith('-') || file.includes(':') ? at('from', file) : join(folder, 'from', file);
  await rsync.sync({ source, destination: remote(`${at('to', directory)}/`), archive: true });
  expect(readdirSync(at('to', directory))).toEqual([file]);
  for (const decoy of decoys) if (decoy !== directory) expect(readdirSync(at('to', decoy))).toEqual([]);
}

describe('over ssh, any path works', () => {
  it('as a source', async () => {
    await pull(names);
    // Without those that have to go another way.
    await pull(names.filter((file) => !file.includes('\\')));
  });

  it('as a destination that is made', async () => {
    for (const file of names) await push(file, 'file');
  });

  it('as a destination that is there', async () => {
    for (const directory of ['a*b', 'a\\*b', '[ab]', 'n\n*l', '-x', '~']) {
      rmSync(folder, { recursive: true });
      fill(at('from'), ['file']);
      mkdirSync(at('to', directory), { recursive: true });
      mkdirSync(at('to', 'aXb'));
      await rsync.sync({ source: at('from', 'file'), destination: remote(at('to', directory)) });
      expect(readdirSync(at('to', directory))).toEqual(['file']);
      expect(readdirSync(at('to', 'aXb'))).toEqual([]);
    }
  });

  it('whatever is in it', async () => {
    await fc.assert(fc.asyncProperty(fc.uniqueArray(name, { minLength: 1, maxLength: 8 }), pull), { numRuns: 6 });
    await fc.assert(fc.asyncProperty(name, name, push), { numRuns: 6 });
  });

  it('from the home of the user, also after - and ~', async () => {
    const home = process.env['HOME'] ?? '';
    for (const file of ['-quiesce-test', '~quiesce-test']) {
      try {
        writeFileSync(join(home, file), file);
        await rsync.sync({ source: remote(file), destination: `${folder}/` });
        expect(readFileSync(at(file), 'utf8')).toBe(file);
      } finally {
        rmSync(join(home, file), { force: true });
      }
    }
  });

  it('and so does any program there', async () => {
    const program = at("it's $HOME *");
    writeFileSync(program, '#!/bin/sh\ntouch "$0.ran"\nexec rsync "$@"\n');
    chmodSync(program, 0o755);
    writeFileSync(at('file'), 'x');
    await rsync.sync({
      ...{ source: at('file'), destination: remote(at('copy')), rsyncPath: ['env', 'A=b c', program] },
      remoteOptions: [`--log-file=${at("l o'g $x")}`],
    });
    expect(existsSync(`${program}.ran`)).toBe(true);
    expect(existsSync(at("l o'g $x"))).toBe(true);
    expect(readFileSync(at('copy'), 'utf8')).toBe('x');
  });
});

describe('a daemon', () => {
  it('gives and takes, with the password in a file', async () => {
    const { path, port, password } = daemon;
    writeFileSync(at('password'), `${password}\n`, { mode: 0o600 });
    const passwordFile = at('password');
    const module = { daemon: '127.0.0.1', port, user: 'ada', module: 'data' };
    writeFileSync(at('a b'), 'x');
    await rsync.sync({ source: at('a b'), destination: { ...module, path: 'in/' }, mkpath: true, passwordFile });
    expect(readFileSync(join(path, 'in', 'a b'), 'utf8')).toBe('x');
    for (const file of names) writeFileSync(join(path, 'in', file), file);
    writeFileSync(join(path, 'in', 'aXb'), '');
    const given = names.filter((file) => !/\\.*[*?[\]]|[*?[\]].*\\/.test(file));
    const source = given.map((file) => ({ ...module, path: `in/${file}` }));
    await rsync.sync({ source, destination: `${at('out')}/`, passwordFile });
    expect(readdirSync(at('out')).sort()).toEqual([...given].sort());
    const url = `rsync://ada@127.0.0.1:${String(port)}/data/in/a b`;
    await rsync.sync({ source: url, destination: at('copy'), passwordFile });
    expect(readFileSync(at('copy'), 'utf8')).toBe('a b');
  });
});
