import { chmodSync, existsSync, lstatSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { UnsupportedError, UsageError } from '../../errors.js';
import type { RsyncKeepOptions } from '../keep.js';
import { all, archive, type Effect, type Effects } from './effect.js';
import { accessList, attribute, execute, isLink, setAttribute, year2001 } from './files.js';
import { linksEffects } from './links.js';
import { ownersEffects } from './owners.js';

const mode = (path: string): number => statSync(path).mode & 0o777;
const isKind = (path: string, letter: 'p' | 'c'): boolean => {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return letter === 'p' ? stat?.isFIFO() === true : stat?.isCharacterDevice() === true;
};
const list = 'system.posix_acl_access';
/** A file of our own with an attribute. */
const withAttribute = (name: string, hex: string): Pick<Effect, 'prepare' | 'along'> => ({
  prepare: async ({ own }) => {
    writeFileSync(own('file'), 'x');
    await setAttribute(own('file'), name, hex);
  },
  along: ({ own }) => ({ source: own('file') }),
});
const readLongAgo: Pick<Effect, 'prepare' | 'along'> = {
  prepare: ({ own }) => {
    writeFileSync(own('file'), 'x');
    utimesSync(own('file'), year2001, new Date());
  },
  along: ({ own }) => ({ source: own('file') }),
};

/** Effects of `RsyncKeepOptions`. */
export const keepEffects: Effects<RsyncKeepOptions> = {
  ...linksEffects,
  ...ownersEffects,
  archive: { options: { archive: true }, seen: ({ to }) => isLink(to('link')) },
  recursive: [
    { options: { recursive: true }, seen: ({ to }) => existsSync(to('sub/deep')) },
    { along: archive, options: { recursive: false }, seen: ({ to }) => !existsSync(to('sub/deep')) },
  ],
  perms: [
    { along: all, options: { perms: true }, seen: ({ to }) => mode(to('wide')) === 0o666 },
    { along: archive, options: { perms: false }, seen: ({ to }) => mode(to('wide')) === 0o644 },
  ],
  executability: {
    // Of what the destination has already.
    prepare: ({ to }) => {
      writeFileSync(to('program'), 'old');
      chmodSync(to('program'), 0o644);
    },
    along: all,
    options: { executability: true },
    seen: ({ to }) => mode(to('program')) === 0o755,
  },
  chmod: { along: archive, options: { chmod: 'F600' }, seen: ({ to }) => mode(to('file')) === 0o600 },
  acls: {
    ...withAttribute(list, accessList),
    options: { acls: true },
    seen: async ({ to }) => (await attribute(to('file'), list)) === accessList,
  },
  xattrs: {
    ...withAttribute('user.quiesce', '616263'),
    options: { xattrs: true },
    seen: async ({ to }) => (await attribute(to('file'), 'user.quiesce')) === '616263',
  },
  rsyncXattrs: {
    ...withAttribute('user.rsync.%stat', '313030363434203132332c343520313a31'),
    options: { rsyncXattrs: true },
    seen: async ({ to }) => (await attribute(to('file'), 'user.rsync.%stat')) === '313030363434203132332c343520313a31',
  },
  devices: [
    { along: all, options: { devices: true }, seen: ({ to }) => isKind(to('null'), 'c') },
    { along: archive, options: { devices: false }, seen: ({ to }) => !isKind(to('null'), 'c') },
  ],
  specials: [
    { along: all, options: { specials: true }, seen: ({ to }) => isKind(to('pipe'), 'p') },
    { along: archive, options: { specials: false }, seen: ({ to }) => !isKind(to('pipe'), 'p') },
  ],
  dropDevices: {
    along: archive,
    options: { dropDevices: true },
    seen: ({ to }) => !isKind(to('pipe'), 'p') && !isKind(to('null'), 'c'),
  },
  times: [
    { along: all, options: { times: true }, seen: ({ to }) => statSync(to('file')).mtimeMs === year2001.getTime() },
    {
      along: archive,
      options: { times: false },
      seen: ({ to }) => statSync(to('file')).mtimeMs !== year2001.getTime(),
    },
  ],
  atimes: {
    ...readLongAgo,
    options: { atimes: true },
    seen: ({ to }) => statSync(to('file')).atimeMs === year2001.getTime(),
  },
  openNoatime: {
    ...readLongAgo,
    options: { openNoatime: true },
    // Root's rsync 3.2.7 reads as ever.
    worksSince: '3.4.0',
    seen: ({ own }) => statSync(own('file')).atimeMs === year2001.getTime(),
  },
  crtimes: {
    // Linux can't set them.
    kind: 'refused',
    along: all,
    options: { crtimes: true },
    seen: (_, { error }) =>
      (error instanceof UsageError || error instanceof UnsupportedError) && error.stderr.includes('--crtimes'),
  },
  omitDirTimes: {
    along: archive,
    options: { omitDirTimes: true },
    seen: ({ to }) => statSync(to('sub')).mtimeMs !== year2001.getTime(),
  },
  fakeSuper: {
    // As another rsync with it reads it again.
    along: ({ from }) => ({ source: from('null'), devices: true }),
    options: { fakeSuper: true },
    seen: async ({ to }) =>
      (await execute('rsync', '--list-only', '--fake-super', to('null'))).startsWith('c') &&
      lstatSync(to('null')).isFile(),
  },
};
