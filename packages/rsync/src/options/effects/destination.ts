import {
  existsSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { PartialTransferError } from '../../errors.js';
import type { RsyncDestinationOptions } from '../destination.js';
import { all, archive, type Effect, type Effects } from './effect.js';
import { has, text, year2001 } from './files.js';

/** A pull whose connection is cut in the second of two files. */
const cut: Pick<Effect, 'prepare' | 'along'> = {
  prepare: ({ from, own }) => {
    mkdirSync(own('s'));
    writeFileSync(own('s/aa'), 'first');
    writeFileSync(own('s/zz'), text(from('big')).repeat(30));
    // The first bytes one by one, as the two ends talk to each other at first.
    const script = '#!/bin/sh\nrsync "$@" | { dd bs=1 count=2000 2>/dev/null; head -c 900000; kill $$; }\n';
    writeFileSync(own('cut'), script, { mode: 0o755 });
  },
  along: ({ own, remote }) => ({ ...all, source: remote(own('s/')), rsyncPath: own('cut'), blockingIo: true }),
};
const isPart = (path: string): boolean =>
  existsSync(path) && statSync(path).size > 0 && statSync(path).size < 3_000_000;
/** A directory for temporary files behind a link that another user made. */
const foreignLink: Effect['prepare'] = ({ own }) => {
  mkdirSync(own('temporary'));
  symlinkSync(own('temporary'), own('link'));
  lchownSync(own('link'), 12_345, 12_345);
};

/** Effects of `RsyncDestinationOptions`. */
export const destinationEffects: Effects<RsyncDestinationOptions> = {
  mkpath: {
    along: ({ to }) => ({ ...all, destination: `${to('a/b/c')}/` }),
    options: { mkpath: true },
    seen: ({ to }) => existsSync(to('a/b/c/file')),
  },
  backup: { along: all, options: { backup: true }, seen: ({ to }) => has(to('big~'), 'what was there') },
  backupDir: {
    along: all,
    options: ({ own }) => ({ backupDir: own('old') }),
    seen: ({ own }) => has(own('old/big'), 'what was there'),
  },
  suffix: {
    along: { ...all, backup: true },
    options: { suffix: '.was' },
    seen: ({ to }) => has(to('big.was'), 'what was there'),
  },
  tempDir: {
    // What comes and goes in a directory changes its time.
    prepare: ({ own }) => {
      mkdirSync(own('temporary'));
      utimesSync(own('temporary'), year2001, year2001);
    },
    along: all,
    options: ({ own }) => ({ tempDir: own('temporary') }),
    seen: ({ own }) => statSync(own('temporary')).mtimeMs !== year2001.getTime(),
  },
  partial: { ...cut, options: { partial: true }, seen: ({ to }) => isPart(to('zz')) },
  partialDir: { ...cut, options: { partialDir: '.part' }, seen: ({ to }) => isPart(to('.part/zz')) },
  delayUpdates: {
    ...cut,
    options: { delayUpdates: true },
    seen: ({ to }) => !existsSync(to('aa')) && readdirSync(to()).includes('.~tmp~'),
  },
  insecureLinks: {
    prepare: foreignLink,
    along: ({ own }) => ({ ...all, tempDir: own('link') }),
    options: { insecureLinks: true },
    seen: ({ to }, { error }) => error === undefined && existsSync(to('file')),
  },
  confineRoot: {
    kind: 'outcome',
    prepare: ({ own }) => mkdirSync(own('temporary')),
    along: ({ own }) => ({ ...all, tempDir: own('temporary') }),
    options: ({ to }) => ({ confineRoot: to() }),
    seen: (_, { error }) => error instanceof PartialTransferError,
  },
  logFile: {
    along: all,
    options: ({ own }) => ({ logFile: own('log') }),
    seen: ({ own }) => existsSync(own('log')) && text(own('log')).includes('>f+++++++++ file'),
  },
  logFileFormat: {
    along: ({ own }) => ({ ...archive, logFile: own('log') }),
    options: { logFileFormat: 'log: %n has %l' },
    seen: ({ own }) => text(own('log')).includes('log: big has 100000'),
  },
};
