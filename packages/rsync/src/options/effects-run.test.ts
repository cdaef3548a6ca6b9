import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRsync } from '../create-rsync.js';
import type { RsyncOptions } from './sync-options.js';

let folder = '';
const at = (...names: string[]): string => join(folder, ...names);
const from = (name: string): string => at('from', name);
const to = (name: string): string => at('to', name);
const text = (name: string): string => readFileSync(to(name), 'utf8');
const year2001 = new Date('2001-02-03T04:05:06Z');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rsync-effects-'));
  for (const directory of ['from/sub', 'to', 'old']) mkdirSync(at(directory), { recursive: true });
  for (const file of ['file', 'big', 'sub/deep']) writeFileSync(from(file), file.repeat(100), { mode: 0o640 });
  writeFileSync(from('big'), 'b'.repeat(100_000));
  linkSync(from('file'), from('same'));
  symlinkSync('file', from('link'));
  utimesSync(from('file'), year2001, year2001);
  utimesSync(from('sub'), year2001, year2001);
  writeFileSync(to('extra'), 'kept or not');
  writeFileSync(to('big'), 'what was there');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Options, and what they come to: true with them, false without. */
type Effect = readonly [options: () => Partial<RsyncOptions>, seen: () => boolean, along?: Partial<RsyncOptions>];

const isLink = (name: string): boolean => existsSync(to(name)) && lstatSync(to(name)).isSymbolicLink();
const all = { recursive: true };
const effects: Partial<Record<keyof RsyncOptions, Effect>> = {
  archive: [() => ({ archive: true }), () => isLink('link')],
  recursive: [() => ({ recursive: true }), () => existsSync(to('sub/deep'))],
  links: [() => ({ links: true }), () => isLink('link'), all],
  copyLinks: [() => ({ copyLinks: true }), () => existsSync(to('link')), all],
  hardLinks: [() => ({ hardLinks: true }), () => statSync(to('file')).nlink === 2, all],
  perms: [
    () => {
      chmodSync(from('file'), 0o666);
      return { perms: true };
    },
    () => (statSync(to('file')).mode & 0o777) === 0o666,
    all,
  ],
  chmod: [() => ({ chmod: 'F600' }), () => (statSync(to('file')).mode & 0o777) === 0o600, { archive: true }],
  times: [() => ({ times: true }), () => statSync(to('file')).mtimeMs === year2001.getTime(), all],
  omitDirTimes: [
    () => ({ omitDirTimes: true }),
    () => statSync(to('sub')).mtimeMs !== year2001.getTime(),
    { archive: true },
  ],
  usermap: [() => ({ usermap: [{ from: '*', to: '12345' }] }), () => statSync(to('file')).uid === 12_345, all],
  groupmap: [() => ({ groupmap: [{ from: '*', to: '12345' }] }), () => statSync(to('file')).gid === 12_345, all],
  chown: [() => ({ chown: { user: '12345', group: '12346' } }), () => statSync(to('file')).gid === 12_346, all],
  backup: [() => ({ backup: true }), () => existsSync(to('big~')), all],
  backupDir: [() => ({ backupDir: at('old') }), () => existsSync(at('old', 'big')), all],
  suffix: [() => ({ suffix: '.was' }), () => existsSync(to('big.was')), { ...all, backup: true }],
  logFile: [() => ({ logFile: at('log') }), () => existsSync(at('log')), all],
  delete: [() => ({ delete: true }), () => !existsSync(to('extra')), all],
  deleteBefore: [() => ({ deleteBefore: true }), () => !existsSync(to('extra')), all],
  deleteDuring: [() => ({ deleteDuring: true }), () => !existsSync(to('extra')), all],
  deleteDelay: [() => ({ deleteDelay: true }), () => !existsSync(to('extra')), all],
  deleteAfter: [() => ({ deleteAfter: true }), () => !existsSync(to('extra')), all],
  removeSourceFiles: [() => ({ removeSourceFiles: true }), () => !existsSync(from('file')), all],
  maxSizeBytes: [() => ({ maxSizeBytes: 50_000 }), () => text('big') === 'what was there', all],
  minSizeBytes: [() => ({ minSizeBytes: 50_000 }), () => !existsSync(to('file')), all],
  filters: [() => ({ filters: { type: 'exclude', pattern: '/file' } }), () => !existsSync(to('file')), all],
  includes: [() => ({ includes: 'file' }), () => existsSync(to('file')), { ...all, excludes: 'f*' }],
  excludes: [() => ({ excludes: 'file' }), () => !existsSync(to('file')), all],
  dirs: [() => ({ dirs: true }), () => existsSync(to('sub'))],
  pruneEmptyDirs: [() => ({ pruneEmptyDirs: true }), () => !existsSync(to('sub')), { ...all, excludes: 'deep' }],
  existing: [() => ({ existing: true }), () => !existsSync(to('file')), all],
  ignoreExisting: [() => ({ ignoreExisting: true }), () => text('big') === 'what was there', all],
  linkDest: [
    () => ({ linkDest: at('from') }),
    () => statSync(to('big')).nlink > 1,
    { archive: true, ignoreTimes: false },
  ],
  compareDest: [() => ({ compareDest: at('from') }), () => !existsSync(to('file')), { archive: true }],
  writeBatch: [() => ({ writeBatch: at('batch') }), () => existsSync(at('batch')), all],
  onlyWriteBatch: [() => ({ onlyWriteBatch: at('batch') }), () => !existsSync(to('file')), all],
  dryRun: [() => ({ dryRun: true }), () => !existsSync(to('file')), all],
  mkpath: [() => ({ mkpath: true, destination: `${to('a/b/c')}/` }), () => existsSync(to('a/b/c/file')), all],
};
const cases = Object.entries(effects).map(([name, [options, seen, along = {}]]) => ({ name, options, seen, along }));

describe('an option changes what a transfer does', () => {
  it.each(cases)('$name', async ({ along, options, seen }) => {
    const rsync = createRsync();
    const base = { source: `${at('from')}/`, destination: `${at('to')}/`, ...along };
    const call = { skippedDirectories: 'warn' } as const;
    await rsync.sync({ ...base, ...call, ...options() });
    expect(seen()).toBe(true);
    rmSync(at('to'), { recursive: true });
    mkdirSync(at('to'));
    for (const name of ['log', 'batch', 'old/big']) rmSync(at(name), { force: true });
    writeFileSync(from('file'), 'file'.repeat(100));
    utimesSync(from('file'), year2001, year2001);
    writeFileSync(to('extra'), 'kept or not');
    writeFileSync(to('big'), 'what was there');
    await rsync.sync({ ...base, ...call });
    expect(seen()).toBe(false);
    expect(readdirSync(folder)).toContain('to');
  });
});
