import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import type { RsyncSelectOptions } from '../select.js';
import { all, archive, type Effect, type Effects } from './effect.js';
import { has } from './files.js';

const isGone =
  (name: string): Effect['seen'] =>
  ({ to }) =>
    !existsSync(to(name));
const isThere =
  (name: string): Effect['seen'] =>
  ({ to }) =>
    existsSync(to(name));
/** A list of names or patterns in a file of our own. */
const list =
  (content: string): NonNullable<Effect['prepare']> =>
  ({ own }) =>
    writeFileSync(own('list'), content);
const mount = '/dev/shm/quiesce-effects';

/** Effects of `RsyncSelectOptions`. */
export const selectEffects: Effects<RsyncSelectOptions> = {
  oneFileSystem: {
    // /dev/shm is a file system of its own below /dev.
    prepare: () => mkdirSync(mount, { recursive: true }),
    along: { ...all, source: '/dev/', includes: ['/shm', '/shm/quiesce-effects'], excludes: '*' },
    options: { oneFileSystem: true },
    seen: ({ to }) => existsSync(to('shm')) && !existsSync(to('shm/quiesce-effects')),
  },
  omitMountPoints: {
    along: { ...all, source: '/dev/', includes: '/shm', excludes: '*' },
    options: { omitMountPoints: true },
    seen: ({ to }) => existsSync(to()) && !existsSync(to('shm')),
  },
  dirs: { options: { dirs: true }, seen: ({ to }) => existsSync(to('sub')) && !existsSync(to('sub/deep')) },
  oldDirs: { options: { oldDirs: true }, seen: ({ to }) => existsSync(to('sub')) && !existsSync(to('sub/deep')) },
  relative: {
    along: ({ from }) => ({ source: `${from()}/./sub/deep` }),
    options: { relative: true },
    seen: isThere('sub/deep'),
  },
  impliedDirs: {
    prepare: ({ own }) => {
      mkdirSync(own('sub'));
      chmodSync(own('sub'), 0o700);
      writeFileSync(own('sub/file'), 'x');
    },
    along: ({ own }) => ({ source: `${own()}/./sub/file`, ...archive, relative: true }),
    options: { impliedDirs: false },
    seen: ({ to }) => (statSync(to('sub')).mode & 0o777) !== 0o700,
  },
  incRecursive: {
    // True changes nothing by itself: it is what rsync does.
    kind: 'output',
    along: { ...all, extraArguments: ['--info=flist1'] },
    options: { incRecursive: false },
    seen: (_, { said }) => said.includes('building file list'),
  },
  pruneEmptyDirs: { along: { ...all, excludes: 'deep' }, options: { pruneEmptyDirs: true }, seen: isGone('sub') },
  maxSizeBytes: {
    along: all,
    options: { maxSizeBytes: 50_000 },
    seen: ({ to }) => has(to('big'), 'what was there') && existsSync(to('file')),
  },
  minSizeBytes: { along: all, options: { minSizeBytes: 50_000 }, seen: isGone('file') },
  from0: {
    prepare: list('file\0wide\0'),
    along: ({ own }) => ({ filesFrom: own('list') }),
    options: { from0: true },
    seen: isThere('wide'),
  },
  filesFrom: {
    prepare: list('sub/deep\nfile\n'),
    along: all,
    options: ({ own }) => ({ filesFrom: own('list') }),
    seen: ({ to }) => existsSync(to('sub/deep')) && existsSync(to('file')) && !existsSync(to('wide')),
  },
  filters: { along: all, options: { filters: { type: 'exclude', pattern: '/file' } }, seen: isGone('file') },
  includes: { along: { ...all, excludes: 'f*' }, options: { includes: 'file' }, seen: isThere('file') },
  excludes: { along: all, options: { excludes: 'file' }, seen: isGone('file') },
  includeFrom: {
    prepare: ({ own }) => {
      writeFileSync(own('list'), 'file\n');
      writeFileSync(own('not'), 'f*\n');
    },
    along: ({ own }) => ({ ...all, excludeFrom: own('not') }),
    options: ({ own }) => ({ includeFrom: own('list') }),
    seen: isThere('file'),
  },
  excludeFrom: {
    prepare: list('file\n'),
    along: all,
    options: ({ own }) => ({ excludeFrom: own('list') }),
    seen: isGone('file'),
  },
  cvsExclude: { along: all, options: { cvsExclude: true }, seen: isGone('object.o') },
};
