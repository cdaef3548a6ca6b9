import { InvalidArgumentError, OutputParseError } from '@quiesce/command';
import { recorded, releaseOn, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { parseZpoolListHealth, zpoolListHealthCommand } from './zpool-list-health.js';

describe('zpoolListHealthCommand', () => {
  it('builds the defaults and all options', () => {
    const options = ['list', '-HpvP', '-o', 'name,guid,health', '--'];
    expect(zpoolListHealthCommand()).toEqual({ file: 'zpool', args: options, effect: 'read', stop: 'kill' });
    expect(zpoolListHealthCommand({ pools: ['tank', 'a b'] }).args).toEqual([...options, 'tank', 'a b']);
  });

  it('refuses a name that is none', () => {
    expect(() => zpoolListHealthCommand({ pools: ['-v'] })).toThrow(InvalidArgumentError);
  });
});

describe.each(releases('zfs'))('parseZpoolListHealth on %s', (release) => {
  const read = (name: string): ReturnType<typeof parseZpoolListHealth> =>
    parseZpoolListHealth(recorded(release, `zpool health ${name}`).stdout);

  it('reads a mirror, healthy and degraded', () => {
    const disk = '/dev/disk/by-id/virtio-spare';
    const pool = (state: string, disk3: string): object => ({
      detail: 'states',
      name: 'quiesce-zfs',
      guid: expect.stringMatching(/^\d+$/) as string,
      state,
      vdevs: [
        { name: 'mirror-0', class: 'normal', state },
        { name: `${disk}2-part1`, class: 'normal', state: 'ONLINE' },
        { name: `${disk}3-part1`, class: 'normal', state: disk3 },
      ],
    });
    expect(read('online')).toEqual([pool('ONLINE', 'ONLINE')]);
    expect(read('degraded')).toEqual([pool('DEGRADED', 'OFFLINE')]);
  });

  it('reads a suspended pool', () => {
    expect(read('suspended')).toMatchObject([{ name: 'quiesce-zfs-dm', state: 'SUSPENDED' }]);
  });

  it('reads special, log, cache and spare devices', () => {
    const found = new Map(read('all kinds')[0]?.vdevs.map((vdev) => [vdev.name.replace(/.*\//, ''), vdev.class]));
    expect(Object.fromEntries(found)).toMatchObject({
      'mirror-0': 'normal',
      'mirror-1': 'special',
      f2: 'special',
      f4: 'log',
      f5: 'l2cache',
      f6: 'spare',
    });
  });
});

describe('parseZpoolListHealth', () => {
  it('can not tell a suspended pool with failmode=continue before OpenZFS 2.3', () => {
    const { stdout } = recorded(releaseOn('zfs', 'bookworm'), 'zpool health suspended with failmode=continue');
    expect(parseZpoolListHealth(stdout)).toMatchObject([{ name: 'quiesce-zfs-dm', state: 'ONLINE' }]);
  });

  it('reads several pools, each from data devices on', () => {
    const stdout = 'a\t1\tONLINE\n\td1\t-\tONLINE\nlogs  -  -\n\td2\t-\tFAULTED\nb\t2\tDEGRADED\n\td3\t-\tUNAVAIL\n';
    expect(parseZpoolListHealth(stdout)).toEqual([
      {
        detail: 'states',
        name: 'a',
        guid: '1',
        state: 'ONLINE',
        vdevs: [
          { name: 'd1', class: 'normal', state: 'ONLINE' },
          { name: 'd2', class: 'log', state: 'FAULTED' },
        ],
      },
      {
        detail: 'states',
        name: 'b',
        guid: '2',
        state: 'DEGRADED',
        vdevs: [{ name: 'd3', class: 'normal', state: 'UNAVAIL' }],
      },
    ]);
  });

  it('reads no pools', () => {
    expect(parseZpoolListHealth('')).toEqual([]);
  });

  it.each(['\td1\t-\tONLINE\n', 'tank\tONLINE\n'])('refuses %j', (stdout) => {
    expect(() => parseZpoolListHealth(stdout)).toThrow(OutputParseError);
  });
});
