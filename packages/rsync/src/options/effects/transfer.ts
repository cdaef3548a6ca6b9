import { existsSync, lstatSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { RsyncTransferOptions } from '../transfer.js';
import { all, type Effect, type Effects } from './effect.js';
import { execute, has, processes } from './files.js';

const head = 'h'.repeat(5_000);

/** The source has a longer file than the destination, whose head is right or wrong. */
const longer = (begin: string): Pick<Effect, 'prepare' | 'along'> => ({
  prepare: ({ own, to }) => {
    writeFileSync(own('log'), `${head}tail`);
    writeFileSync(to('log'), begin);
  },
  along: ({ own }) => ({ source: own('log') }),
});
const wrong = 'w'.repeat(5_000);
const inode = (path: string): number => statSync(path).ino;
let before = 0;

/** Effects of `RsyncTransferOptions`. */
export const transferEffects: Effects<RsyncTransferOptions> = {
  wholeFile: [
    {
      // To another machine files are compared unless it says so.
      prepare: ({ to }) => writeFileSync(to('big'), 'b'.repeat(90_000)),
      along: ({ remote, to }) => ({ ...all, destination: remote(to('/')) }),
      options: { wholeFile: true },
      kind: 'outcome',
      seen: (_, { result }) => result?.stats.matchedBytes === 0,
    },
    {
      prepare: ({ to }) => writeFileSync(to('big'), 'b'.repeat(90_000)),
      along: all,
      options: { wholeFile: false },
      kind: 'outcome',
      seen: (_, { result }) => (result?.stats.matchedBytes ?? 0) > 80_000,
    },
  ],
  blockSizeBytes: {
    kind: 'outcome',
    // All but one block of it matches.
    prepare: ({ own, to }) => {
      writeFileSync(own('f'), `${'1'.repeat(100_000)}2${'1'.repeat(99_999)}`);
      writeFileSync(to('f'), '1'.repeat(200_000));
    },
    along: ({ own }) => ({ source: own('f'), wholeFile: false, ignoreTimes: true }),
    options: { blockSizeBytes: 4_000 },
    seen: (_, { result }) => (result?.stats.literalBytes ?? 0) > 2_000,
  },
  inplace: {
    prepare: ({ to }) => (before = inode(to('big'))),
    along: all,
    options: { inplace: true },
    seen: ({ to }) => inode(to('big')) === before,
  },
  append: { ...longer(wrong), options: { append: true }, seen: ({ to }) => has(to('log'), `${wrong}tail`) },
  appendVerify: [
    {
      ...longer(head),
      kind: 'outcome',
      options: { appendVerify: true },
      seen: ({ to }, { result }) => result?.stats.literalBytes === 4 && has(to('log'), `${head}tail`),
    },
    {
      ...longer(wrong),
      kind: 'outcome',
      // The tail alone at first, and then all of it.
      options: { appendVerify: true },
      seen: ({ to }, { result }) => (result?.stats.literalBytes ?? 0) > 5_004 && has(to('log'), `${head}tail`),
    },
  ],
  sparse: { along: all, options: { sparse: true }, seen: ({ to }) => statSync(to('zeros')).blocks < 100 },
  preallocate: {
    along: { ...all, sparse: true },
    options: { preallocate: true },
    seen: ({ to }) => statSync(to('zeros')).blocks > 100,
  },
  copyDevices: {
    along: ({ from }) => ({ source: from('null') }),
    options: { copyDevices: true },
    seen: ({ to }) => existsSync(to('null')) && lstatSync(to('null')).isFile(),
  },
  writeDevices: {
    // It would be replaced by a file: one of our own.
    prepare: async ({ to }) => {
      rmSync(to('big'));
      await execute('mknod', to('big'), 'c', '1', '3');
    },
    along: all,
    options: { writeDevices: true },
    seen: ({ to }) => lstatSync(to('big')).isCharacterDevice(),
  },
  fsync: {
    kind: 'words',
    along: ({ remote, to }) => ({ ...all, destination: remote(to('/')) }),
    options: { fsync: true },
    seen: (_, { words }) => words.includes('\n--fsync\n'),
  },
  compress: {
    kind: 'outcome',
    along: all,
    options: { compress: true },
    seen: (_, { result }) => (result?.stats.sentBytes ?? 0) < 500_000,
  },
  compressChoice: {
    kind: 'output',
    along: { ...all, compress: true, extraArguments: ['--debug=nstr'] },
    options: { compressChoice: 'zlib' },
    seen: (_, { said }) => said.includes('compress: zlib (level 6)'),
  },
  compressLevel: {
    kind: 'output',
    along: { ...all, compressChoice: 'zlib', extraArguments: ['--debug=nstr'] },
    options: { compressLevel: 9 },
    seen: (_, { said }) => said.includes('compress: zlib (level 9)'),
  },
  compressThreads: {
    kind: 'process',
    along: ({ from }) => ({ source: from('noise'), compressChoice: 'zstd', bandwidthLimitBytesPerSecond: 102_400 }),
    options: { compressThreads: 3 },
    during: ({ to }) => processes(to()).some(({ status }) => status.includes('\nThreads:\t4\n')),
    seen: (_, { met }) => met,
  },
  skipCompress: {
    kind: 'words',
    // What a path is like whose words a shell gets to see.
    prepare: ({ own }) => mkdirSync(own('a\\*')),
    along: ({ own, remote }) => ({ ...all, source: remote(own('a\\*')), compress: true }),
    options: { skipCompress: ['gz', 'xz'] },
    seen: (_, { words }) => words.includes('--skip-compress=gz/xz'),
  },
};
