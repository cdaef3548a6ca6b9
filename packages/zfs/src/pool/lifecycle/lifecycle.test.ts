import { InvalidArgumentError, OutputParseError, type Command } from '@quiesce/command';
import { recorded, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { zpoolCheckpointCommand } from './zpool-checkpoint.js';
import { zpoolCreateCommand, type ZpoolCreateOptions } from './zpool-create.js';
import { zpoolDestroyCommand } from './zpool-destroy.js';
import { zpoolExportCommand } from './zpool-export.js';
import { zpoolImportCommand } from './zpool-import.js';
import { parseZpoolImportable, zpoolImportableCommand, type ImportablePool } from './zpool-importable.js';
import { zpoolLabelclearCommand } from './zpool-labelclear.js';
import { zpoolReguidCommand } from './zpool-reguid.js';
import { zpoolSplitCommand } from './zpool-split.js';
import { zpoolSyncCommand } from './zpool-sync.js';
import { zpoolUpgradeCommand } from './zpool-upgrade.js';

const line = ({ args, effect }: Command): string => `${effect}: ${args.join(' ')}`;

describe('zpoolCreateCommand', () => {
  const vdevs = [{ type: 'mirror', devices: ['sdb', 'sdc'] }] as const;

  it('builds the defaults', () => {
    expect(zpoolCreateCommand({ name: 'tank', vdevs })).toEqual({
      file: 'zpool',
      args: ['create', '--', 'tank', 'mirror', 'sdb', 'sdc'],
      effect: 'write',
      stop: 'wait',
    });
  });

  it('builds all options', () => {
    const options: ZpoolCreateOptions = {
      ...{ name: 'tank', vdevs, log: [{ type: 'disk', device: 'sdd' }], cache: ['sde', 'sdf'], spare: 'sdg' },
      ...{ properties: { ashift: '12' }, filesystemProperties: { compression: 'lz4' }, features: false },
      ...{ mountpoint: 'none', altroot: '/mnt', temporaryName: 'tank2', force: true, dryRun: true },
    };
    expect(line(zpoolCreateCommand(options))).toBe(
      'read: create -f -n -d -o ashift=12 -O compression=lz4 -m none -R /mnt -t tank2 -- ' +
        'tank mirror sdb sdc log sdd cache sde sdf spare sdg',
    );
  });

  it('writes each kind of vdev, and single disks before what they could become a part of', () => {
    const options: ZpoolCreateOptions = {
      name: 'tank',
      vdevs: [
        { type: 'raidz2', devices: ['/a', '/b', '/c'] },
        { type: 'draid', parity: 2, dataDevices: 4, spares: 1, devices: ['/d', '/e', '/f', '/g', '/h', '/i', '/j'] },
        { type: 'disk', device: '/z' },
      ],
      special: [...vdevs, { type: 'disk', device: '/s' }],
      dedup: [...vdevs],
    };
    expect(zpoolCreateCommand(options).args.slice(3).join(' ')).toBe(
      '/z raidz2 /a /b /c draid2:4d:7c:1s /d /e /f /g /h /i /j special /s mirror sdb sdc dedup mirror sdb sdc',
    );
    const draid: ZpoolCreateOptions = { name: 'tank', vdevs: [{ type: 'draid', devices: ['/a', '/b'] }] };
    expect(zpoolCreateCommand(draid).args.slice(3)).toEqual(['draid1:2c:0s', '/a', '/b']);
  });

  it.each(['mirror', 'mirrors', 'raidz2x', 'draidx', 'spare-parts', 'log', '-f', 'tank/a'])(
    'refuses the name %j',
    (name) => {
      expect(() => zpoolCreateCommand({ name, vdevs })).toThrow(InvalidArgumentError);
    },
  );

  it.each(['logs', 'cache', 'c0t', 'c0', 'Mirror'])('takes the name %j, as zpool does', (name) => {
    expect(zpoolCreateCommand({ name, vdevs }).args[2]).toBe(name);
  });

  // Without the feature of draid the kernel's module panics.
  it.each([
    { features: false },
    { properties: { version: '28' } },
    { properties: { compatibility: 'legacy' } },
    { properties: { 'feature@draid': 'disabled' } },
  ])('refuses %j with vdevs that need a feature', (options) => {
    const draid = [{ type: 'draid', devices: ['/a', '/b'] }] as const;
    expect(() => zpoolCreateCommand({ name: 'tank', vdevs: draid, ...options })).toThrow(InvalidArgumentError);
    expect(() => zpoolCreateCommand({ name: 'tank', vdevs, special: vdevs, ...options })).toThrow(InvalidArgumentError);
    expect(zpoolCreateCommand({ name: 'tank', vdevs, ...options }).args[0]).toBe('create');
  });

  it.each([
    [{ type: 'mirror', devices: ['sdb'] }, 'vdevs[0].devices'],
    [{ type: 'raidz3', devices: ['a', 'b', 'c'] }, 'vdevs[0].devices'],
    [{ type: 'raidz', devices: ['a', 'b'] }, 'vdevs[0].type'],
    [{ type: 'disk', device: 'mirror' }, 'vdevs[0].device'],
    [{ type: 'disk', device: 'raidz2' }, 'vdevs[0].device'],
    [{ type: 'disk', device: '-f' }, 'vdevs[0].device'],
    [{ type: 'disk', devices: ['sdb'] }, 'vdevs[0].devices'],
    [{ type: 'draid', parity: 4, devices: ['a', 'b'] }, 'vdevs[0].parity'],
    ['sdb', 'vdevs[0]'],
  ])('refuses the vdev %j', (vdev, argument) => {
    const options = { name: 'tank', vdevs: [vdev] } as unknown as ZpoolCreateOptions;
    expect(() => zpoolCreateCommand(options)).toThrow(expect.objectContaining({ argument }) as Error);
  });
});

describe('commands of whole pools', () => {
  it('build the defaults', () => {
    expect(line(zpoolDestroyCommand({ pool: 'tank' }))).toBe('write: destroy -- tank');
    expect(line(zpoolExportCommand({ pools: 'tank' }))).toBe('write: export -- tank');
    expect(line(zpoolImportCommand({ pool: '12345' }))).toBe('write: import -- 12345');
    expect(line(zpoolImportableCommand())).toBe('read: import');
    expect(line(zpoolUpgradeCommand({ pools: 'tank' }))).toBe('write: upgrade -- tank');
    expect(line(zpoolReguidCommand({ pool: 'tank' }))).toBe('write: reguid -- tank');
    expect(line(zpoolSplitCommand({ pool: 'tank', newName: 'depot' }))).toBe('write: split -- tank depot');
    expect(line(zpoolCheckpointCommand({ pool: 'tank' }))).toBe('write: checkpoint -- tank');
    expect(line(zpoolSyncCommand())).toBe('write: sync --');
    expect(line(zpoolLabelclearCommand({ device: '/dev/sdb1' }))).toBe('write: labelclear -- /dev/sdb1');
  });

  it('build all options', () => {
    expect(line(zpoolDestroyCommand({ pool: 'tank', force: true }))).toBe('write: destroy -f -- tank');
    expect(line(zpoolExportCommand({ pools: ['a', 'b'], force: true }))).toBe('write: export -f -- a b');
    expect(line(zpoolUpgradeCommand({ pools: ['a', 'b'], version: 28 }))).toBe('write: upgrade -V 28 -- a b');
    expect(line(zpoolReguidCommand({ pool: 'tank', guid: '123' }))).toBe('write: reguid -g 123 -- tank');
    expect(line(zpoolCheckpointCommand({ pool: 'tank', discard: true, wait: true }))).toBe(
      'write: checkpoint -d -w -- tank',
    );
    expect(line(zpoolSyncCommand({ pools: ['a', 'b'] }))).toBe('write: sync -- a b');
    expect(line(zpoolLabelclearCommand({ device: 'sdb', force: true }))).toBe('write: labelclear -f -- sdb');
    const split = { dryRun: true, loadKeys: true, altroot: '/mnt', mountOptions: 'ro', properties: { a: 'b' } };
    expect(line(zpoolSplitCommand({ pool: 'tank', newName: 'depot', devices: ['sdb', 'sdd'], ...split }))).toBe(
      'read: split -n -l -R /mnt -o ro -o a=b -- tank depot sdb sdd',
    );
    const flags = { destroyed: true, force: true, loadKeys: true, missingLog: true, mount: false, readOnly: true };
    const places = { directories: ['/a', '/b'], altroot: '/mnt', mountOptions: ['ro', 'noatime'] };
    const rewind = { rewindToCheckpoint: true, rewind: true, dryRun: true, temporary: true };
    const properties = { cachefile: 'none' };
    expect(
      line(zpoolImportCommand({ pool: 'tank', newName: 'depot', ...flags, ...places, ...rewind, properties })),
    ).toBe(
      'write: import -D -f -l -m -N -t --rewind-to-checkpoint -F -n -d /a -d /b -R /mnt -o ro,noatime ' +
        '-o cachefile=none -o readonly=on -- tank depot',
    );
    expect(line(zpoolImportableCommand({ destroyed: true, cacheFile: '/c' }))).toBe('read: import -D -c /c');
  });

  it('refuse what would do something else', () => {
    expect(() => zpoolImportCommand({ pool: 'tank', dryRun: true })).toThrow(/^dryRun: /);
    expect(() => zpoolImportCommand({ pool: 'tank', temporary: true })).toThrow(/^temporary: /);
    expect(() => zpoolImportCommand({ pool: 'tank', cacheFile: '/c', directories: '/d' })).toThrow(/^cacheFile: /);
    expect(() => zpoolImportCommand({ pool: 'tank', mountOptions: 'a=b' })).toThrow(/^mountOptions: /);
    expect(() => zpoolImportCommand({ pool: 'tank', newName: 'mirror' })).toThrow(/^newName: /);
    expect(() => zpoolImportableCommand({ cacheFile: '/c', directories: '/d' })).toThrow(/^cacheFile: /);
    expect(() => zpoolCheckpointCommand({ pool: 'tank', wait: true })).toThrow(/^wait: /);
    expect(() => zpoolReguidCommand({ pool: 'tank', guid: '0' })).toThrow(/^guid: /);
  });
});

describe.each(releases('zfs'))('parseZpoolImportable on %s', (release) => {
  const pool = {
    ...{ name: 'quiesce-import', guid: expect.stringMatching(/^\d+$/) as string, destroyed: false },
    comment: 'hello  world: x',
  };
  const raidz = { ...pool, name: 'quiesce-import-raidz', comment: undefined };
  const importable = (name: string): ImportablePool[] =>
    parseZpoolImportable(recorded(release, name).stdout).sort((a, b) => a.name.length - b.name.length);

  it('reads pools', () => {
    const action = 'The pool can be imported using its name or numeric identifier.';
    expect(importable('zpool importable')).toEqual([
      { ...pool, state: 'ONLINE', message: undefined, action },
      { ...raidz, state: 'ONLINE', message: undefined, action },
    ]);
  });

  it('reads what is wrong with them', () => {
    expect(importable('zpool importable degraded')).toMatchObject([
      {
        ...{ ...pool, state: 'DEGRADED', message: 'One or more devices are missing from the system.' },
        action:
          'The pool can be imported despite missing or damaged devices. The fault tolerance of the pool may be compromised if imported.',
      },
      { state: 'ONLINE' },
    ]);
    expect(importable('zpool importable unavailable')).toMatchObject([
      { state: 'ONLINE' },
      { ...raidz, state: 'UNAVAIL', message: 'One or more devices are missing from the system.' },
    ]);
  });

  it('reads those that were destroyed', () => {
    expect(importable('zpool importable destroyed')).toMatchObject([{ ...raidz, state: 'ONLINE', destroyed: true }]);
  });

  it('reads none', () => {
    expect(importable('zpool importable none')).toEqual([]);
  });
});

describe('parseZpoolImportable', () => {
  it('refuses a pool without a guid', () => {
    expect(() => parseZpoolImportable('  pool: tank\n state: ONLINE\n')).toThrow(OutputParseError);
  });
});
