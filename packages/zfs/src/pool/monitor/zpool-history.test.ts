import { OutputParseError } from '@quiesce/command';
import { scriptedTransport } from '@quiesce/command/testing';
import { recorded, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { createZfs } from '../../create-zfs.js';
import { parseZpoolHistory, zpoolHistoryCommand } from './zpool-history.js';

const pool = 'quiesce-monitor';

describe('zpoolHistoryCommand', () => {
  it('builds the defaults and all options', () => {
    expect(zpoolHistoryCommand({ pool: 'tank' })).toEqual({
      file: 'zpool',
      args: ['history', '-l', '--', 'tank'],
      env: { TZ: 'UTC' },
      effect: 'read',
      stop: 'kill',
    });
    expect(zpoolHistoryCommand({ pool: 'tank', internal: true }).args).toEqual(['history', '-l', '-i', '--', 'tank']);
  });
});

describe.each(releases('zfs'))('history of %s', (release) => {
  const { stdout } = recorded(release, 'zpool history');

  it('tells commands', () => {
    const entries = parseZpoolHistory(stdout);
    const files = '/var/tmp/quiesce-monitor';
    expect(entries.map(({ text }) => text)).toEqual([
      `zpool create -f -O compression=off ${pool} mirror ${files}/f0 ${files}/f1 log ${files}/f2 cache ${files}/f3`,
      `zpool export ${pool}`,
      `zpool import -d ${files} ${pool}`,
      `zpool scrub -w ${pool}`,
      `zfs set a:b=x\n\ny ${pool}`,
    ]);
    for (const entry of entries) {
      expect(entry).toMatchObject({ transactionGroup: undefined, user: 'root', host: 'quiesce-lab' });
    }
    const [date = '', time = ''] = stdout.split('\n')[1]?.split(' ')[0]?.split('.') ?? [];
    expect(entries[0]?.time).toEqual(new Date(`${date}T${time}Z`));
  });

  it('tells what ZFS did by itself', () => {
    const { stdout: internal } = recorded(release, 'zpool history internal');
    const entries = parseZpoolHistory(`History for '${pool}':\n${internal.slice(internal.search(/^\d{4}-/m))}`);
    expect(entries).toContainEqual({
      time: expect.any(Date) as Date,
      text: expect.stringMatching(/^set quiesce-monitor \(\d+\) a:b=x\n\ny$/) as string,
      transactionGroup: expect.any(Number) as number,
      user: undefined,
      host: 'quiesce-lab',
    });
    expect(entries.every(({ host, text }) => host === 'quiesce-lab' && !text.includes('[on '))).toBe(true);
  });

  // Nothing tells it from a true one: see the method's comment.
  it('has entries that a value forges', () => {
    const { stdout: forged } = recorded(release, 'zpool history forged');
    const entries = parseZpoolHistory(forged);
    expect(entries.at(-2)).toMatchObject({ text: 'zfs set a:b=x', user: undefined });
    expect(entries.at(-1)).toMatchObject({
      time: new Date('2026-01-01T00:00:00Z'),
      text: expect.stringMatching(/^zpool destroy tank /) as string,
    });
  });

  it('is the same one by one', async () => {
    const transport = scriptedTransport(() => ({ stdout }));
    const entries = [];
    for await (const entry of createZfs({ transport }).pool.historyStream({ pool })) entries.push(entry);
    expect(entries).toEqual(parseZpoolHistory(stdout));
  });
});

describe('parseZpoolHistory', () => {
  it('refuses what is no history', () => {
    expect(() => parseZpoolHistory('tank\n')).toThrow(OutputParseError);
  });

  it('reads an empty one', () => {
    expect(parseZpoolHistory("History for 'tank':\n\n")).toEqual([]);
  });
});
