import { expect, it } from 'vitest';
import { mmdebstrapArguments } from './mmdebstrap-arguments.js';
import { packagesInside } from './release.js';

it('builds the arguments of mmdebstrap', () => {
  const [fileSystemHook, ...others] = mmdebstrapArguments({
    release: 'trixie',
    mirror: 'http://deb.debian.org/debian',
    files: "/cache/it's/files",
    customize: 'true "$1"',
  }).toSorted((left, right) => Number(right.includes('mke2fs')) - Number(left.includes('mke2fs')));
  expect(fileSystemHook).toContain('mke2fs -q -t ext4 -E lazy_itable_init=0,lazy_journal_init=0 -d "$1" "$2" 6G');
  expect(others).toEqual([
    ...['--variant=minbase', '--format=null', '--components=main,contrib'],
    '--keyring=/usr/share/keyrings/debian-archive-keyring.gpg',
    '--dpkgopt=force-unsafe-io',
    '--dpkgopt=path-exclude=/usr/share/doc/*',
    '--dpkgopt=path-exclude=/usr/share/man/*',
    '--dpkgopt=path-exclude=/usr/share/locale/*',
    '--dpkgopt=path-exclude=/usr/share/info/*',
    `--include=${packagesInside('trixie').join(',')}`,
    String.raw`--customize-hook=sync-in '/cache/it'\''s/files' /`,
    '--customize-hook=true "$1"',
    'trixie',
    '/dev/null',
    'deb http://deb.debian.org/debian trixie main contrib',
    'deb http://deb.debian.org/debian-security trixie-security main contrib',
  ]);
});
