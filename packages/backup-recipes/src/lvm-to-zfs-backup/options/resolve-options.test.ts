import { describe, expect, it } from 'vitest';
import { PreflightError } from '../../preflight-error.js';
import { lvmToZfsBackup } from '../lvm-to-zfs-backup.js';
import type { LvmToZfsBackupOptions } from './options.js';
import { limits as defaults } from '../../limits.js';
import type { BackupHooks } from '../hooks/hooks.js';
import { resolveOptions } from './resolve-options.js';

const good: LvmToZfsBackupOptions = {
  domains: ['Server-Tim', 'MySQL'],
  volumes: ['/dev/SSD/images', '/dev/raid5/VM.images'],
  target: 'archives/backups',
};

function problemsOf(options: Partial<LvmToZfsBackupOptions>): (readonly [string, string | undefined])[] {
  try {
    lvmToZfsBackup({ ...good, ...options });
    return [];
  } catch (error) {
    if (!PreflightError.isInstance(error)) throw error;
    return error.problems.map(({ option, value }) => [option, value] as const);
  }
}

describe('resolveOptions', () => {
  it('fills in the defaults of the documented procedure', () => {
    const { transport: _transport, ...resolved } = resolveOptions(good);
    expect(resolved).toEqual({
      domains: ['Server-Tim', 'MySQL'],
      volumes: [
        { volumeGroup: 'SSD', name: 'images' },
        { volumeGroup: 'raid5', name: 'VM.images' },
      ],
      target: 'archives/backups',
      allowDegradedPool: false,
      uncoveredDisks: 'refuse',
      unlistedGuests: 'refuse',
      mountRoot: '/run/backup',
      reconcile: true,
      hooks: {},
      hookMs: 60_000,
      epochSeconds: undefined,
      zfsSnapshotPrefix: 'daily',
      snapshotSizeBytes: 10_737_418_240,
      chunkSizeBytes: 524_288,
      settleMs: 1000,
      maximumPauseMs: 30_000,
      copy: { wholeFile: false, inplace: true, extraArguments: [] },
      verify: 'sampled',
      checksums: true,
      limits: defaults,
      hostRoot: { source: '/', folder: 'root', exclude: [], mounts: ['/boot', '/boot/efi'] },
    });
  });

  it.each([
    [{ ...good, domains: 'MySQL' }, 'domains', 'MySQL'],
    [{ ...good, target: undefined }, 'target', undefined],
    [{ ...good, copy: { inplace: 'yes' } }, 'copy.inplace', 'yes'],
    [{ ...good, volumes: ['/dev/SSD/images', 7] }, 'volumes[1]', '7'],
    [{ ...good, uncoveredDisks: true }, 'uncoveredDisks', 'true'],
    [{ ...good, unlistedGuests: 'warn' }, 'unlistedGuests', 'warn'],
    [{ ...good, settleMs: '1000' }, 'settleMs', '1000'],
  ])('refuses what no compiler has seen: %j', (options, option, value) => {
    expect(problemsOf(options as never)).toEqual([[option, value]]);
  });

  it('refuses to be called without options', () => {
    expect(() => lvmToZfsBackup(undefined as never)).toThrow(PreflightError);
  });

  it('refuses a name that is no option', () => {
    expect(() => resolveOptions({ ...good, snapshotSize: 1 } as never)).toThrow(/snapshotSize/);
  });

  it('leaves the host root out for false', () => {
    expect(resolveOptions({ ...good, hostRoot: false }).hostRoot).toBeUndefined();
  });

  it('names folders of the host as the kernel does', () => {
    const { hostRoot } = resolveOptions({ ...good, hostRoot: { source: '//srv/./data/', mounts: ['/srv/data//x/'] } });
    expect(hostRoot).toMatchObject({ source: '/srv/data', mounts: ['/srv/data/x'] });
    expect(resolveOptions({ ...good, hostRoot: { source: '/.' } }).hostRoot?.source).toBe('/');
  });

  it.each(['', '-x', 'a/b', 'a\nb', '12'])('refuses the domain %j', (name) => {
    expect(problemsOf({ domains: ['MySQL', name] })).toEqual([['domains[1]', name]]);
  });

  it.each([
    '',
    'images',
    '-dev/SSD/images',
    '/dev/SSD/im ages',
    '/dev/SSD/../x',
    "/dev/SSD/a'b",
    '/dev/SSD/a\nb',
    '/dev/SSD',
  ])('refuses the volume %j', (path) => {
    expect(problemsOf({ volumes: [path] })).toEqual([['volumes[0]', path]]);
  });

  it.each(['', '-x', '/archives', 'archives@x', 'archives/', 'a\nb', "a'b"])('refuses the target %j', (target) => {
    expect(problemsOf({ target })).toEqual([['target', target]]);
  });

  it('refuses numbers that make no sense, and paths outside their place', () => {
    expect(
      problemsOf({
        mountRoot: '/run/../etc',
        zfsSnapshotPrefix: 'a@b',
        snapshotSizeBytes: 1000,
        chunkSizeBytes: 3000,
        settleMs: -1,
        maximumPauseMs: Number.NaN,
        epochSeconds: 1.5,
        hostRoot: { source: 'etc', folder: '..' },
      }).map(([option]) => option),
    ).toEqual([
      'mountRoot',
      'zfsSnapshotPrefix',
      'hostRoot.source',
      'hostRoot.folder',
      'snapshotSizeBytes',
      'chunkSizeBytes',
      'settleMs',
      'maximumPauseMs',
      'epochSeconds',
    ]);
  });

  it('refuses what is given twice, and an empty list of volumes', () => {
    expect(problemsOf({ domains: ['a', 'a'] })).toEqual([['domains[1]', 'a']]);
    expect(problemsOf({ volumes: [] })).toEqual([['volumes', '']]);
  });

  it('refuses two copies into one folder, where each would delete the other', () => {
    expect(problemsOf({ volumes: ['/dev/SSD/images', '/dev/mapper/SSD-images'] })).toEqual([
      ['volumes[1]', '/dev/mapper/SSD-images'],
    ]);
    expect(problemsOf({ volumes: ['/dev/xx.b/c', '/dev/xx/b.c'] })).toEqual([['volumes[1]', '/dev/xx/b.c']]);
    expect(problemsOf({ volumes: ['/dev/SSD/images'], hostRoot: { folder: 'SSD.images' } })).toEqual([
      ['hostRoot.folder', 'SSD.images'],
    ]);
  });

  it.each([
    ...['--dry-run', '-n', '-avn', '--size-only', '--ignore-existing', '--existing', '--update', '--max-size=1G'],
    ...['--exclude=*.img', '--filter=- *', '--files-from=/x', '--delete-excluded', '-C', '-f', '--remove-source-files'],
    ...['--max-delete=1', '--backup', '--ignore-errors', '--chmod=0777', '--no-archive', '--copy-dest=/x', 'fuzzy', ''],
  ])('refuses %j for rsync: the copy might not be the whole of the volume', (word) => {
    expect(problemsOf({ copy: { extraArguments: ['--checksum', word] } })).toEqual([['copy.extraArguments[1]', word]]);
  });

  it('takes arguments of rsync that change nothing of what is copied', () => {
    const extraArguments = ['--bwlimit=10m', '--checksum', '-c', '--block-size=131072', '--delete-delay', '--fsync'];
    expect(problemsOf({ copy: { extraArguments } })).toEqual([]);
  });

  it.each(['archive', 'delete', 'oneFileSystem', 'hardLinks'])(
    'has no option copy.%s: no copy is one without',
    (name) => {
      expect(() => resolveOptions({ ...good, copy: { [name]: false } })).toThrow(name);
    },
  );

  it('refuses limits that no timer can keep, and names that are none', () => {
    const limits = { zfsMs: 1, copyMs: Number.POSITIVE_INFINITY, readMs: 5000 };
    expect(problemsOf({ limits }).map(([option]) => option)).toEqual(['limits.zfsMs', 'limits.copyMs']);
    expect(resolveOptions({ ...good, limits: { readMs: undefined, zfsMs: 7000 } as never }).limits).toEqual({
      ...defaults,
      zfsMs: 7000,
    });
    expect(problemsOf({ limits: { rsyncMs: 5000 } as never }).map(([option]) => option)).toEqual(['limits.rsyncMs']);
  });

  it('refuses the folder in which a target keeps its state, and mounts outside their place', () => {
    const hostRoot = { folder: '.quiesce', mounts: ['/boot', 'boot/efi', '/boot/../etc'] };
    expect(problemsOf({ hostRoot }).map(([option]) => option)).toEqual([
      'hostRoot.mounts[1]',
      'hostRoot.mounts[2]',
      'hostRoot.folder',
    ]);
  });

  it('lists every problem in one message', () => {
    expect(() => lvmToZfsBackup({ domains: ['-a'], volumes: ['b'], target: 'c@d' })).toThrow(
      /nothing was begun, 3 to mend: domains\[0\] "-a": .*; volumes\[0\] "b": .*; target "c@d": /,
    );
  });

  it('refuses hooks that there are not', () => {
    const hooks = { before: { end: () => undefined }, after: { pause: 'true' } } as unknown as BackupHooks;
    expect(() => resolveOptions({ ...good, hooks })).toThrow(/hooks\.before.*end.*hooks\.after\.pause "true"/);
    expect(() => resolveOptions({ ...good, hookMs: 0 })).toThrow(/hookMs "0": not milliseconds from 1 to 3600000/);
  });
});
