import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { RsyncCompareOptions } from '../compare.js';
import { all, archive, type Effect, type Effects } from './effect.js';
import { has, writeOld, year2001 } from './files.js';

const later = new Date(year2001.getTime() + 1_000);
/** A file here and there, of one size, and of one time or not. */
const pair = (time = year2001): Pick<Effect, 'prepare' | 'along'> => ({
  prepare: ({ own, to }) => {
    writeOld(own('f'), 'new');
    writeOld(to('f'), 'old', time);
  },
  along: ({ own }) => ({ source: own('f') }),
});
const isCopied: Effect['seen'] = ({ to }) => has(to('f'), 'new');
const isLeft: Effect['seen'] = ({ to }) => has(to('f'), 'old');
/** Nothing had to be sent of the file that is elsewhere at the destination. */
const isFound: Effect['seen'] = ({ to }, { result }) => existsSync(to('noise')) && result?.stats.literalBytes === 0;
const noise: Effect['along'] = ({ from }) => ({ ...archive, source: from('noise') });

/** Effects of `RsyncCompareOptions`. */
export const compareEffects: Effects<RsyncCompareOptions> = {
  checksum: { ...pair(), options: { checksum: true }, seen: isCopied },
  checksumChoice: {
    kind: 'output',
    along: { ...all, extraArguments: ['--debug=nstr'] },
    options: { checksumChoice: 'md5' },
    seen: (_, { said }) => said.includes('checksum: md5'),
  },
  checksumSeed: {
    // A batch has it in its head.
    along: ({ from, own }) => ({ source: from('file'), writeBatch: own('batch') }),
    options: { checksumSeed: 0x01_02_03_04 },
    seen: ({ own }) =>
      readFileSync(own('batch'))
        .subarray(0, 32)
        .includes(Buffer.from([4, 3, 2, 1])),
  },
  ignoreTimes: { ...pair(), options: { ignoreTimes: true }, seen: isCopied },
  sizeOnly: { ...pair(later), options: { sizeOnly: true }, seen: isLeft },
  modifyWindowSeconds: { ...pair(later), options: { modifyWindowSeconds: 1 }, seen: isLeft },
  update: { ...pair(later), options: { update: true }, seen: isLeft },
  existing: {
    along: all,
    options: { existing: true },
    seen: ({ to }) => !existsSync(to('file')) && !has(to('big'), 'what was there'),
  },
  ignoreExisting: {
    along: all,
    options: { ignoreExisting: true },
    seen: ({ to }) => existsSync(to('file')) && has(to('big'), 'what was there'),
  },
  fuzzy: {
    kind: 'outcome',
    prepare: ({ from, own, to }) => {
      for (const path of [own('picture-2'), to('picture-1')]) writeFileSync(path, readFileSync(from('noise')));
    },
    along: ({ own }) => ({ source: own('picture-2'), wholeFile: false }),
    options: { fuzzy: true },
    seen: (_, { result }) => result?.stats.matchedBytes === 300_000,
  },
  fuzzyAlternates: {
    kind: 'outcome',
    prepare: ({ from, own }) => {
      mkdirSync(own('other'));
      for (const path of [own('picture-2'), own('other/picture-1')]) writeFileSync(path, readFileSync(from('noise')));
    },
    along: ({ own }) => ({ source: own('picture-2'), wholeFile: false, compareDest: own('other') }),
    options: { fuzzyAlternates: true },
    seen: (_, { result }) => result?.stats.matchedBytes === 300_000,
  },
  compareDest: {
    along: noise,
    options: ({ from }) => ({ compareDest: from() }),
    seen: ({ to }) => !existsSync(to('noise')),
  },
  copyDest: { kind: 'outcome', along: noise, options: ({ from }) => ({ copyDest: from() }), seen: isFound },
  linkDest: {
    along: noise,
    options: ({ from }) => ({ linkDest: from() }),
    seen: ({ from, to }) => statSync(to('noise')).ino === statSync(from('noise')).ino,
  },
};
