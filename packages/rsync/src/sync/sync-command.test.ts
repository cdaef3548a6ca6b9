import { InvalidArgumentError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { rsyncCommand } from './sync-command.js';
import type { RsyncOptions } from '../options/sync-options.js';

const paths = { source: '/mnt/snapshot/', destination: '/archives/backups/SSD.images/' };
const output = ['--info=progress2,stats2', '--no-human-readable', '--outbuf=L', '--8-bit-output'];
const argumentsOf = (options: Partial<RsyncOptions>): readonly string[] => rsyncCommand({ ...paths, ...options }).args;

function refused(options: Partial<RsyncOptions>): InvalidArgumentError {
  try {
    rsyncCommand({ ...paths, ...options });
  } catch (error) {
    if (InvalidArgumentError.isInstance(error)) return error;
    throw error;
  }
  throw new Error('was not refused');
}

describe('rsyncCommand', () => {
  it('builds the defaults', () => {
    expect(rsyncCommand(paths)).toEqual({
      file: 'rsync',
      args: [...output, '--', '/mnt/snapshot/', '/archives/backups/SSD.images/'],
      effect: 'write',
      stop: 'kill',
    });
  });

  it('builds all options', () => {
    const { args } = rsyncCommand({
      source: ['/data/a', '/data/b/'],
      destination: '/backup',
      archive: true,
      recursive: true,
      oneFileSystem: true,
      hardLinks: true,
      acls: true,
      xattrs: true,
      numericIds: true,
      chmod: ['D755', 'Fg-w,o='],
      wholeFile: false,
      inplace: true,
      delete: true,
      deleteExcluded: true,
      maxDelete: 100,
      filters: ['P /lost+found/', '- *.tmp'],
      excludes: ['/proc/*', '-odd name'],
      excludeFrom: '/etc/excluded',
      checksum: true,
      modifyWindowSeconds: -1,
      compress: true,
      bandwidthLimitBytesPerSecond: 1_048_576,
      ioTimeoutSeconds: 600,
      dryRun: true,
      itemizeChanges: true,
      vanishedFiles: 'warn',
      extraArguments: ['--fuzzy', '--backup-dir=/old'],
    });
    expect(args).toEqual([
      '--archive',
      '--recursive',
      '--hard-links',
      '--acls',
      '--xattrs',
      '--numeric-ids',
      '--chmod=D755,Fg-w,o=',
      '--no-whole-file',
      '--inplace',
      '--compress',
      '--delete',
      '--delete-excluded',
      '--max-delete=100',
      '--one-file-system',
      '--filter=P /lost+found/',
      '--filter=- *.tmp',
      '--exclude=/proc/*',
      '--exclude=-odd name',
      '--exclude-from=/etc/excluded',
      '--checksum',
      '--modify-window=-1',
      '--bwlimit=1048576b',
      '--timeout=600',
      '--dry-run',
      '--fuzzy',
      '--backup-dir=/old',
      ...output,
      '--out-format=%i %n',
      '--',
      '/data/a',
      '/data/b/',
      '/backup',
    ]);
  });

  it('builds what excludes the options above', () => {
    const args = argumentsOf({ wholeFile: true, sparse: true, partialDir: '.partial', archive: false });
    expect(args.slice(0, 3)).toEqual(['--whole-file', '--sparse', '--partial-dir=.partial']);
  });

  it('counts a dry run as a read, but not with options that it does not know', () => {
    expect(rsyncCommand({ ...paths, dryRun: true })).toMatchObject({ effect: 'read', stop: 'kill' });
    expect(rsyncCommand({ ...paths, dryRun: true, extraArguments: ['--log-file=/x'] })).toMatchObject({
      effect: 'write',
    });
  });

  it.each(['./-x', './a:b/', '/a:b', 'a/b:c', 'two  blanks ', 'it is "quoted"', 'new\nline', '$HOME', '*', '.', '/'])(
    'keeps the path %j as it is',
    (path) => {
      expect(argumentsOf({ source: path, destination: path }).slice(-3)).toEqual(['--', path, path]);
    },
  );

  it.each([
    '',
    '-x',
    '--delete',
    'host:data',
    'host::module',
    'user@host::module',
    'rsync://host',
    'rsync:///module',
    'a\0b',
    'a'.repeat(4096),
  ])('refuses the path %j', (path) => {
    expect(refused({ source: path })).toMatchObject({ argument: 'source', value: path });
    expect(refused({ source: ['/a', path] })).toMatchObject({ argument: 'source[1]', value: path });
    expect(refused({ destination: path })).toMatchObject({ argument: 'destination', value: path });
  });

  it.each(['755', '07755', 'D2755,F644', 'u+x,g-w', 'Fug=rwX', 'a+rX', '=rx', '-w', 'o=', '+t', 'Du+s', 'go=u'])(
    'takes the modes %j',
    (chmod) => {
      expect(argumentsOf({ chmod })).toContain(`--chmod=${chmod}`);
    },
  );

  it.each([
    '',
    ',',
    'u+x,',
    '888',
    '17755',
    'D',
    'DF644',
    'd755',
    'x',
    'u',
    'u+',
    'u++x',
    'u+x-w',
    'D=5',
    'u=rw r',
    'u+x\n',
  ])('refuses the modes %j', (chmod) => {
    expect(refused({ chmod: ['D755', chmod] })).toMatchObject({ argument: 'chmod[1]', value: chmod });
  });

  it('refuses no source at all', () => {
    expect(refused({ source: [] }).argument).toBe('source');
  });

  it.each<[string, Partial<RsyncOptions>]>([
    ['sparse', { sparse: true, inplace: true }],
    ['partialDir', { partialDir: '.partial', inplace: true }],
    ['partialDir', { partialDir: '' }],
    ['delete', { delete: true }],
    ['deleteExcluded', { deleteExcluded: true }],
    ['maxDelete', { maxDelete: -1 }],
    ['maxDelete', { maxDelete: 1.5 }],
    ['bandwidthLimitBytesPerSecond', { bandwidthLimitBytesPerSecond: 1000 }],
    ['bandwidthLimitBytesPerSecond', { bandwidthLimitBytesPerSecond: Number.POSITIVE_INFINITY }],
    ['modifyWindowSeconds', { modifyWindowSeconds: -2 }],
    ['ioTimeoutSeconds', { ioTimeoutSeconds: 0 }],
    ['excludes[0]', { excludes: [''] }],
    ['excludes[0]', { excludes: ['+ kept'] }],
    ['excludes[1]', { excludes: ['a', '!'] }],
    ['filters[0]', { filters: [''] }],
    ['excludeFrom', { excludeFrom: '-' }],
    ['extraArguments[0]', { extraArguments: ['/etc/shadow'] }],
    ['extraArguments[0]', { extraArguments: ['--'] }],
    ['extraArguments[0]', { extraArguments: ['--quiet'] }],
    ['extraArguments[0]', { extraArguments: ['-vq'] }],
    ['extraArguments[0]', { extraArguments: ['--list-only'] }],
    ['extraArguments[0]', { extraArguments: ['--dry-run'] }],
    ['extraArguments[0]', { extraArguments: ['-vn'] }],
    ['extraArguments[0]', { extraArguments: ['--only-write-batch=/x'] }],
    ['files[0]', { files: ['../a'] }],
    ['files[1]', { files: ['a', 'a/..'] }],
    ['files[0]', { files: ['a/./b'] }],
    ['files[0]', { files: [Buffer.from('./a/./')] }],
    ['extraArguments[0]', { extraArguments: ['-'] }],
    ['extraArguments[0]', { extraArguments: [''] }],
  ])('refuses a bad %s', (argument, options) => {
    expect(refused(options).argument).toBe(argument);
  });

  it.each<[string, object]>([
    ['archive', { archive: 'yes' }],
    ['wholeFile', { wholeFile: null }],
    ['excludes', { excludes: 7 }],
    ['excludes[0]', { excludes: [7] }],
    ['source', { source: 7 }],
    ['maxDelete', { maxDelete: '7' }],
    ['extraArguments', { extraArguments: '--fuzzy' }],
  ])('refuses a %s of another type from a caller without types', (argument, options) => {
    expect(refused(options).argument).toBe(argument);
  });

  it.each([
    ...['rsync://ada:hunter2@nas/photos/', 'rsync://ada:hunt@er2@nas:9/photos', 'ada:hunter2@nas:/photos/'],
    { daemon: 'nas', user: 'ada:hunter2', module: 'photos' },
    { host: 'nas', user: 'ada:hunter2', path: '/photos/' },
  ])('tells no password that stands in %j', (source) => {
    const error = refused({ source });
    expect(error).toMatchObject({ argument: 'source', value: undefined });
    expect(error.message).toMatch(/has a password in it: .*passwordFile/);
    expect(error.message).not.toMatch(/hunt|er2/);
  });

  it('takes names with dots that lead nowhere else', () => {
    expect(rsyncCommand({ ...paths, files: ['.', './a', '/b', '..c', 'd./e..', 'f/.g'] }).stdin).toBeDefined();
    expect(argumentsOf({ extraArguments: ['--qsort', '-fq', '-eq', '-vv'] })).toContain('-fq');
  });

  it.each([
    ['bwlimit', 'bandwidthLimitBytesPerSecond'],
    ['bandwidthLimit', 'bandwidthLimitBytesPerSecond'],
    ['exclude', 'excludes'],
    ['timeout', 'ioTimeoutSeconds'],
  ])('says which option %s is', (name, option) => {
    expect(refused({ [name]: 1 }).message).toBe(`${name}: is no option: expected the name of an option, as ${option}`);
  });

  it('names what would be right', () => {
    expect(refused({ sparse: true, inplace: true }).message).toContain('together they rewrite every file');
    expect(refused({ source: 'host:data' }).message).toContain('host:path is not one');
  });
});
