import { OutputParseError } from '@quiesce/command';
import { recorded, releaseOn } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import type { PoolStatus } from './pool-status.js';
import { parseZpoolStatus } from './zpool-status-json.js';
import { parseZpoolListGuids } from './zpool-list-guids.js';
import { parseZpoolStatusText, zpoolStatusTextCommand } from './zpool-status-text.js';

const release = releaseOn('zfs', 'bookworm');
const stdout = (name: string): string => recorded(release, name).stdout;

function only(statuses: readonly PoolStatus[]): PoolStatus {
  const [status, ...others] = statuses;
  if (status === undefined || others.length > 0) throw new Error('expected one pool');
  return status;
}

const status = (what: string): PoolStatus =>
  only(parseZpoolStatusText(stdout(`zpool status text ${what}`), parseZpoolListGuids(stdout(`zpool guids ${what}`))));
const scanned = (what: string): PoolStatus =>
  only(parseZpoolStatusText(stdout(`scan text ${what}`), [{ name: 'quiesce-scan', guid: '1', state: 'ONLINE' }]));

describe('zpoolStatusTextCommand', () => {
  it('asks for the time in UTC, and for no names of files', () => {
    expect(zpoolStatusTextCommand({ pools: 'tank' })).toEqual({
      file: 'zpool',
      args: ['status', '-p', '-P', '--', 'tank'],
      env: { TZ: 'UTC', LC_ALL: 'C' },
      effect: 'read',
      stop: 'kill',
    });
  });
});

describe(`parseZpoolStatusText on ${release}`, () => {
  it('reads a mirror, its devices and their counts', () => {
    const device = (number: number): object => ({
      name: `/dev/disk/by-id/virtio-spare${String(number)}-part1`,
      type: undefined,
      class: 'normal',
      state: 'ONLINE',
      guid: undefined,
      path: `/dev/disk/by-id/virtio-spare${String(number)}-part1`,
      readErrors: 0,
      writeErrors: 0,
      checksumErrors: 0,
      children: [],
    });
    expect(status('online')).toEqual({
      name: 'quiesce-zfs',
      guid: expect.stringMatching(/^\d{15,20}$/) as string,
      state: 'ONLINE',
      message: undefined,
      action: undefined,
      scan: undefined,
      vdevs: [
        {
          ...device(0),
          name: 'mirror-0',
          type: 'mirror',
          path: undefined,
          children: [device(2), device(3)],
        },
      ],
      dataErrors: 0,
    });
  });

  it('reads what is wrong and what to do, each in one line', () => {
    const { action, message, state, vdevs } = status('degraded');
    expect(state).toBe('DEGRADED');
    expect(vdevs[0]?.children.map((vdev) => vdev.state)).toEqual(['ONLINE', 'OFFLINE']);
    expect(message).toMatch(/^One or more devices .* degraded state\.$/);
    expect(action).toMatch(/^Online the device using 'zpool online' or replace the device with 'zpool replace'\.$/);
  });

  it('reads special, log, cache and spare devices, and one that is replaced', () => {
    const { vdevs } = status('all kinds');
    expect(vdevs.map(({ name, class: of, state }) => [name.replace(/.*\//, ''), of, state])).toEqual([
      ['mirror-0', 'normal', expect.any(String)],
      ['mirror-1', 'special', 'ONLINE'],
      ['f4', 'log', 'ONLINE'],
      ['f5', 'l2cache', 'ONLINE'],
      ['f6', 'spare', 'AVAIL'],
    ]);
    expect(vdevs[0]?.children[1]).toMatchObject({ name: 'replacing-1', type: 'replacing', state: 'DEGRADED' });
    expect(vdevs[0]?.children[1]?.children).toHaveLength(2);
    expect(vdevs.at(-1)).toMatchObject({ readErrors: undefined, children: [] });
  });

  it('reads damaged data in a pool that is online', () => {
    expect(status('data errors')).toMatchObject({ state: 'ONLINE', dataErrors: 1 });
    expect(scanned('damaged')).toMatchObject({ dataErrors: 3, scan: { repairedBytes: 0 } });
    expect(scanned('damaged').vdevs[0]?.checksumErrors).toBeGreaterThan(0);
  });

  it('tells a suspended pool, whatever its failmode', () => {
    expect(status('suspended').state).toBe('SUSPENDED');
    expect(status('suspended with failmode=continue').state).toBe('SUSPENDED');
  });

  it('reads scrubs that run, are paused, were stopped or have ended', () => {
    const scrub = { function: 'SCRUB', errors: undefined };
    const time = expect.any(Date) as Date;
    const totalBytes = expect.closeTo(20.1 * 1024 ** 2, -6) as number;
    expect(scanned('scrubbing').scan).toMatchObject({ ...scrub, state: 'SCANNING', startedAt: time, progress: 0 });
    expect(scanned('scrubbing').scan).toMatchObject({ pausedAt: undefined, issuedBytes: 0, totalBytes });
    expect(scanned('scrub paused').scan).toMatchObject({
      ...scrub,
      state: 'SCANNING',
      startedAt: time,
      pausedAt: time,
    });
    expect(scanned('scrub canceled').scan).toMatchObject({ ...scrub, state: 'CANCELED', endedAt: time });
    expect(scanned('scrubbed').scan).toMatchObject({ function: 'SCRUB', state: 'FINISHED', errors: 0, progress: 1 });
    const { repairedBytes } = scanned('repaired').scan ?? {};
    expect(repairedBytes).toBeGreaterThan(1024 ** 2);
  });

  it('reads resilvers', () => {
    expect(scanned('resilvering').scan).toMatchObject({ function: 'RESILVER', state: 'SCANNING', progress: 0 });
    expect(scanned('resilvered').scan).toMatchObject({ function: 'RESILVER', state: 'FINISHED', errors: 0 });
  });

  it('says the same as JSON does', () => {
    const trixie = releaseOn('zfs', 'trixie');
    for (const what of ['scrubbed', 'scrub canceled', 'repaired', 'damaged', 'resilvered']) {
      const json = only(parseZpoolStatus(recorded(trixie, `scan status ${what}`).stdout));
      const text = only(
        parseZpoolStatusText(recorded(trixie, `scan text ${what}`).stdout, [{ ...json, guid: json.guid }]),
      );
      const { message, action, state, dataErrors, guid } = json;
      expect(text).toMatchObject({ message, action, state, dataErrors, guid });
      expect(text.scan).toMatchObject({ function: json.scan?.function, state: json.scan?.state });
      expect(text.scan?.endedAt).toEqual(json.scan?.endedAt);
      expect(text.vdevs.map(({ name, checksumErrors }) => [name, checksumErrors])).toEqual(
        json.vdevs.map(({ name, checksumErrors }) => [name, checksumErrors]),
      );
    }
  });
});

describe('parseZpoolStatusText', () => {
  const text = stdout('zpool status text degraded');
  const guids = parseZpoolListGuids(stdout('zpool guids degraded'));

  it('reads several pools', () => {
    const other = text.replaceAll('quiesce-zfs', 'quiesce-two');
    const both = parseZpoolStatusText(`${text}\n${other}`, [...guids, { name: 'quiesce-two', guid: '2', state: 'x' }]);
    expect(both.map(({ name, vdevs }) => [name, vdevs.length])).toEqual([
      ['quiesce-zfs', 1],
      ['quiesce-two', 1],
    ]);
  });

  it('leaves undefined what it does not know', () => {
    const news = text
      .replace(/^ {2}scan: .*$/m, '')
      .replace('config:', 'scan: something new since yesterday\nconfig:')
      .replace(/^errors: .*$/m, 'errors: perhaps');
    expect(only(parseZpoolStatusText(news, guids))).toMatchObject({ scan: undefined, dataErrors: undefined });
  });

  it.each([
    ['no pool where there is one', ''],
    ['another pool', text.replaceAll('quiesce-zfs', 'quiesce-two')],
    ['no table', text.replace(/\tNAME.*/, '')],
    ['a row too far in', text.replace('\t  mirror-0', '\t     mirror-0')],
    ['a count that is none', text.replace(/ONLINE( +)0( +)0( +)0$/m, 'ONLINE$10$2x$30')],
  ])('refuses %s', (_what, changed) => {
    if (changed === text) throw new Error('nothing was changed');
    expect(() => parseZpoolStatusText(changed, guids)).toThrow(OutputParseError);
  });
});
