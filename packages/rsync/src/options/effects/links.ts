import { existsSync, lstatSync, mkdirSync, readlinkSync, statSync, symlinkSync } from 'node:fs';
import type { RsyncKeepOptions } from '../keep.js';
import { all, archive, type Effects } from './effect.js';
import { isDirectory, isLink, year2001 } from './files.js';

type Links =
  | ('links' | 'copyLinks' | 'copyUnsafeLinks' | 'safeLinks' | 'mungeLinks')
  | ('copyDirlinks' | 'keepDirlinks' | 'hardLinks' | 'omitLinkTimes');

/** Effects of `RsyncKeepOptions` on links. */
export const linksEffects: Effects<Pick<RsyncKeepOptions, Links>> = {
  links: [
    { along: all, options: { links: true }, seen: ({ to }) => isLink(to('link')) },
    { along: archive, options: { links: false }, seen: ({ to }) => !isLink(to('link')) },
  ],
  copyLinks: { along: all, options: { copyLinks: true }, seen: ({ to }) => existsSync(to('link')) },
  copyUnsafeLinks: {
    along: archive,
    options: { copyUnsafeLinks: true },
    seen: ({ to }) => lstatSync(to('outside')).isFile() && isLink(to('link')),
  },
  safeLinks: {
    along: archive,
    options: { safeLinks: true },
    seen: ({ to }) => !isLink(to('outside')) && isLink(to('link')),
  },
  mungeLinks: [
    {
      // Where rsync runs: what comes from elsewhere becomes unusable.
      along: ({ from, remote }) => ({ ...archive, source: remote(from('/')) }),
      options: { mungeLinks: true },
      seen: ({ to }) => readlinkSync(to('link')) === '/rsyncd-munged/file',
    },
    {
      prepare: ({ own }) => symlinkSync('/rsyncd-munged/file', own('link')),
      along: ({ own }) => ({ source: own('link'), links: true }),
      options: { mungeLinks: true },
      seen: ({ to }) => readlinkSync(to('link')) === 'file',
    },
  ],
  copyDirlinks: {
    along: archive,
    options: { copyDirlinks: true },
    seen: ({ to }) => isDirectory(to('to-sub')) && isLink(to('link')),
  },
  keepDirlinks: {
    // The link is relative and stays in the destination: rsync 3.5 follows no other.
    prepare: ({ to }) => {
      mkdirSync(to('elsewhere'));
      symlinkSync('elsewhere', to('sub'));
    },
    along: archive,
    options: { keepDirlinks: true },
    seen: ({ to }) => isLink(to('sub')) && existsSync(to('elsewhere/deep')),
  },
  hardLinks: { along: all, options: { hardLinks: true }, seen: ({ to }) => statSync(to('file')).nlink === 2 },
  omitLinkTimes: {
    along: archive,
    options: { omitLinkTimes: true },
    seen: ({ to }) => lstatSync(to('link')).mtimeMs !== year2001.getTime(),
  },
};
