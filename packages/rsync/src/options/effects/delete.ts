import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { MaxDeleteError } from '../../errors.js';
import type { RsyncDeleteOptions } from '../delete.js';
import { all, type Effect, type Effects, type Outcome } from './effect.js';
import { has } from './files.js';
import { nobody } from './owners.js';

const isGone =
  (name: string): Effect['seen'] =>
  ({ to }) =>
    !existsSync(to(name));
/** What happened in order: `-` removed, `+` copied, and rsync's words of a pass of its own. */
const order = ({ events }: Outcome): string =>
  events
    .flatMap((event) => {
      if (event.type === 'warning') return event.message.startsWith('deleting in') ? ['pass'] : [];
      if (event.type !== 'change' || event.fileType === 'directory') return [];
      return [`${event.action === 'deleted' ? '-' : '+'}${event.path}`];
    })
    .join(' ');
/** When two files are removed, seen by when they are told. */
const timed = (options: Effect['options'], expected: RegExp): Effect => ({
  prepare: ({ own, to }) => {
    for (const folder of [own('s'), own('s/sub'), to('sub')]) mkdirSync(folder);
    for (const file of [own('s/aa'), own('s/sub/zz'), to('sub/old')]) writeFileSync(file, 'x');
  },
  along: ({ own }) => ({
    ...{ ...all, source: `${own('s')}/`, itemizeChanges: true },
    ...{ excludes: '/big', extraArguments: ['--debug=del1'] },
  }),
  options,
  seen: ({ to }, outcome) => !existsSync(to('sub/old')) && expected.test(order(outcome)),
});
const missing: Effect['along'] = ({ own }) => ({ source: own('extra') });

/** Effects of `RsyncDeleteOptions`. */
export const deleteEffects: Effects<RsyncDeleteOptions> = {
  delete: timed({ delete: true }, /^-extra (?:[+-][a-z/]+ ?){3}$/),
  deleteBefore: timed({ deleteBefore: true }, /^pass -extra -sub\/old \+aa \+sub\/zz$/),
  deleteDuring: timed({ deleteDuring: true }, /^-extra (?:[+-][a-z/]+ ?){3}$/),
  deleteDelay: timed({ deleteDelay: true }, /^\+aa \+sub\/zz -extra -sub\/old$/),
  deleteAfter: timed({ deleteAfter: true }, /^\+aa \+sub\/zz pass -extra -sub\/old$/),
  deleteExcluded: {
    along: { ...all, excludes: 'extra', delete: true },
    options: { deleteExcluded: true },
    seen: isGone('extra'),
  },
  deleteMissingArgs: { along: missing, options: { deleteMissingArgs: true }, seen: isGone('extra') },
  ignoreMissingArgs: {
    kind: 'outcome',
    along: missing,
    options: { ignoreMissingArgs: true },
    seen: ({ to }, { error }) => error === undefined && existsSync(to('extra')),
  },
  ignoreErrors: {
    // Of a directory that nobody but root can read.
    prepare: ({ own }) => {
      mkdirSync(own('s'));
      mkdirSync(own('s/secret'), { mode: 0o700 });
    },
    along: ({ own, remote }) => ({
      ...{ ...all, source: remote(own('s/')), rsyncPath: nobody, deleteAfter: true },
    }),
    options: { ignoreErrors: true },
    seen: isGone('extra'),
  },
  force: {
    prepare: ({ to }) => {
      mkdirSync(to('file'));
      writeFileSync(to('file/in-the-way'), 'x');
    },
    along: all,
    options: { force: true },
    seen: ({ to }) => has(to('file'), 'file'.repeat(100)),
  },
  maxDelete: {
    prepare: ({ to }) => writeFileSync(to('extra2'), 'x'),
    along: { ...all, delete: true },
    options: { maxDelete: 1 },
    seen: ({ to }, { error }) =>
      error instanceof MaxDeleteError && existsSync(to('extra')) !== existsSync(to('extra2')),
  },
  removeSourceFiles: {
    prepare: ({ own }) => writeFileSync(own('file'), 'x'),
    along: ({ own }) => ({ source: own('file') }),
    options: { removeSourceFiles: true },
    seen: ({ own, to }) => !existsSync(own('file')) && existsSync(to('file')),
  },
};
