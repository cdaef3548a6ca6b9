import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { AbortedError, TimeoutError } from '@quiesce/command';
import type { RsyncOptions } from '../sync-options.js';
import { all, type Effect, type Effects } from './effect.js';

type Call =
  | ('source' | 'destination' | 'dryRun' | 'itemizeChanges' | 'vanishedFiles' | 'skippedDirectories')
  | ('partialTransfer' | 'maxDeleteReached' | 'maximumChanges' | 'files')
  | ('extraArguments' | 'signal' | 'timeoutMs');

/** Two seconds of it. */
const slow: Effect['along'] = ({ from }) => ({ source: from('noise'), bandwidthLimitBytesPerSecond: 153_600 });

/** Effects of the options that are not of a topic. */
export const callEffects: Effects<Pick<RsyncOptions, Call>> = {
  source: {
    along: all,
    options: ({ from }) => ({ source: `${from('sub')}/` }),
    seen: ({ to }) => existsSync(to('deep')) && !existsSync(to('file')),
  },
  destination: {
    along: all,
    options: ({ own }) => ({ destination: own('new') }),
    seen: ({ own, to }) => existsSync(own('new/file')) && !existsSync(to('file')),
  },
  dryRun: { along: all, options: { dryRun: true }, seen: ({ to }) => !existsSync(to('file')) },
  itemizeChanges: {
    kind: 'outcome',
    along: all,
    options: { itemizeChanges: true },
    seen: (_, { events }) => events.some((event) => event.type === 'change' && event.path === 'file'),
  },
  vanishedFiles: {
    kind: 'outcome',
    // While the file before it is written.
    prepare: ({ own }) => writeFileSync(own('zz'), 'x'),
    along: ({ from, own }) => ({ source: [from('noise'), own('zz')], bandwidthLimitBytesPerSecond: 153_600 }),
    during: ({ own, to }) => {
      const isWriting = readdirSync(to()).some((name) => name.startsWith('.noise.'));
      if (isWriting) rmSync(own('zz'));
      return isWriting;
    },
    options: { vanishedFiles: 'warn' },
    seen: ({ own }, { result }) =>
      result?.exitCode === 24 && result.vanishedFiles.some(({ path }) => path === own('zz')),
  },
  partialTransfer: {
    kind: 'outcome',
    along: ({ from, own }) => ({ source: [from('file'), own('missing')] }),
    options: { partialTransfer: 'warn' },
    seen: ({ to }, { result }) => result?.exitCode === 23 && existsSync(to('file')),
  },
  maxDeleteReached: {
    kind: 'outcome',
    prepare: ({ to }) => writeFileSync(to('another'), 'x'),
    along: { ...all, delete: true, maxDelete: 1 },
    options: { maxDeleteReached: 'warn' },
    seen: ({ to }, { result }) => result?.exitCode === 25 && existsSync(to('file')),
  },
  maximumChanges: {
    kind: 'outcome',
    along: { ...all, itemizeChanges: true },
    options: { maximumChanges: 2 },
    seen: (_, { result }) => result?.changes.length === 2,
  },
  files: {
    options: { files: ['sub/deep'] },
    seen: ({ to }) => existsSync(to('sub/deep')) && !existsSync(to('file')),
  },
  skippedDirectories: {
    kind: 'outcome',
    along: { skippedDirectories: 'error' },
    options: { skippedDirectories: 'warn' },
    seen: (_, { error }) => error === undefined,
  },
  extraArguments: {
    along: all,
    options: { extraArguments: ['--exclude=file', '--max-size=1000'] },
    seen: ({ to }) => !existsSync(to('file')) && !existsSync(to('noise')) && existsSync(to('wide')),
  },
  signal: {
    kind: 'outcome',
    along: slow,
    options: () => ({ signal: AbortSignal.timeout(500) }),
    seen: ({ to }, { error }) => error instanceof AbortedError && !existsSync(to('noise')),
  },
  timeoutMs: {
    kind: 'outcome',
    along: slow,
    options: { timeoutMs: 500 },
    seen: ({ to }, { error }) => error instanceof TimeoutError && !existsSync(to('noise')),
  },
};
