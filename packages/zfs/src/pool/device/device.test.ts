import { InvalidArgumentError, OutputParseError, type Command } from '@quiesce/command';
import { recorded, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { zpoolAddCommand } from './zpool-add.js';
import { zpoolAttachCommand } from './zpool-attach.js';
import { zpoolClearCommand } from './zpool-clear.js';
import { zpoolDetachCommand } from './zpool-detach.js';
import { zpoolOfflineCommand } from './zpool-offline.js';
import { parseZpoolOnline, zpoolOnlineCommand } from './zpool-online.js';
import { parseZpoolRemovalMemory, zpoolRemovalMemoryCommand, zpoolRemoveCommand } from './zpool-remove.js';
import { zpoolReopenCommand } from './zpool-reopen.js';
import { zpoolReplaceCommand } from './zpool-replace.js';

const line = ({ args, effect }: Command): string => `${effect}: ${args.join(' ')}`;
const pool = 'tank';

describe('commands of devices', () => {
  it('build the defaults', () => {
    expect(line(zpoolAddCommand({ pool, spare: 'sdd' }))).toBe('write: add -- tank spare sdd');
    expect(line(zpoolAttachCommand({ pool, device: 'sdb', newDevice: '/dev/sdc' }))).toBe(
      'write: attach -- tank sdb /dev/sdc',
    );
    expect(line(zpoolDetachCommand({ pool, device: 'sdb' }))).toBe('write: detach -- tank sdb');
    expect(line(zpoolReplaceCommand({ pool, device: '123' }))).toBe('write: replace -- tank 123');
    expect(line(zpoolReplaceCommand({ pool, device: 'sdb', newDevice: 'draid1-0-0' }))).toBe(
      'write: replace -- tank sdb draid1-0-0',
    );
    expect(() => zpoolReplaceCommand({ pool, device: 'sdb', newDevice: 'draid1' })).toThrow('as draid1-0-0');
    expect(line(zpoolOnlineCommand({ pool, devices: 'sdb' }))).toBe('write: online -- tank sdb');
    expect(line(zpoolOfflineCommand({ pool, devices: 'sdb' }))).toBe('write: offline -- tank sdb');
    expect(line(zpoolRemoveCommand({ pool, devices: 'mirror-1' }))).toBe('write: remove -- tank mirror-1');
    expect(line(zpoolRemoveCommand({ pool, stop: true }))).toBe('write: remove -s -- tank');
    expect(line(zpoolRemovalMemoryCommand({ pool, devices: ['mirror-1', 'sdb'] }))).toBe(
      'read: remove -np -- tank mirror-1 sdb',
    );
    expect(line(zpoolClearCommand({ pool }))).toBe('write: clear -- tank');
    expect(line(zpoolReopenCommand({ pools: pool }))).toBe('write: reopen -- tank');
  });

  it('build all options', () => {
    const log = [{ type: 'mirror', devices: ['sde', 'sdf'] }] as const;
    const allow = { allowInUse: true, allowReplicationMismatch: true, allowAshiftMismatch: true };
    const add = { pool, vdevs: log, log, force: true, dryRun: true, properties: { ashift: '12' }, ...allow };
    expect(line(zpoolAddCommand(add))).toBe(
      'read: add -f --allow-in-use --allow-replication-mismatch --allow-ashift-mismatch -n -o ashift=12 -- tank mirror sde sdf log mirror sde sdf',
    );
    const flags = { force: true, sequential: true, wait: true, properties: { ashift: '12' } };
    const words = '-f -s -w -o ashift=12 -- tank sdb sdc';
    expect(line(zpoolAttachCommand({ pool, device: 'sdb', newDevice: 'sdc', ...flags }))).toBe(
      `write: attach ${words}`,
    );
    expect(line(zpoolReplaceCommand({ pool, device: 'sdb', newDevice: 'sdc', ...flags }))).toBe(
      `write: replace ${words}`,
    );
    const devices = ['sdb', 'sdc'];
    expect(line(zpoolOnlineCommand({ pool, devices, expand: true, power: true }))).toBe(
      'write: online --power -e -- tank sdb sdc',
    );
    expect(line(zpoolOfflineCommand({ pool, devices, temporary: true, fault: true, power: true }))).toBe(
      'write: offline --power -f -t -- tank sdb sdc',
    );
    expect(line(zpoolRemoveCommand({ pool, devices, wait: true }))).toBe('write: remove -w -- tank sdb sdc');
    expect(line(zpoolClearCommand({ pool, device: 'sdb', rewind: true, dryRun: true, power: true }))).toBe(
      'write: clear --power -F -n -- tank sdb',
    );
    expect(line(zpoolReopenCommand({ pools: ['a', 'b'], restartScan: false }))).toBe('write: reopen -n -- a b');
  });

  it('refuse what would do something else', () => {
    expect(() => zpoolAddCommand({ pool })).toThrow(/^vdevs: /);
    expect(() => zpoolClearCommand({ pool, dryRun: true })).toThrow(/^dryRun: /);
    expect(() => zpoolRemoveCommand({ pool, stop: true, devices: 'sdb' } as never)).toThrow(InvalidArgumentError);
    expect(() => zpoolAttachCommand({ pool, device: 'sdb', newDevice: 'mirror' })).toThrow(/^newDevice: /);
    expect(() => zpoolOfflineCommand({ pool, devices: '--power' })).toThrow(/^devices: /);
    expect(() => zpoolDetachCommand({ pool, device: '/dev/a\nb' })).toThrow(/^device: /);
  });
});

describe.each(releases('zfs'))('what they print on %s', (release) => {
  const file = (number: number): string => `/var/tmp/quiesce-devices/f${String(number)}`;

  it('names the devices that stay out of use', () => {
    expect(parseZpoolOnline(recorded(release, 'zpool online faulted').stdout)).toEqual([file(3)]);
    expect(parseZpoolOnline(recorded(release, 'zpool online').stdout)).toEqual([]);
  });

  it('tells the memory of a removal', () => {
    expect(parseZpoolRemovalMemory(recorded(release, 'zpool remove memory').stdout)).toEqual([
      { device: 'mirror-1', memoryBytes: expect.any(Number) as number },
      { device: file(7), memoryBytes: 0 },
    ]);
  });
});

describe('parseZpoolRemovalMemory', () => {
  it('refuses a row that lacks the number', () => {
    expect(() => parseZpoolRemovalMemory('mirror-2: 0 B\n')).toThrow(OutputParseError);
  });
});
