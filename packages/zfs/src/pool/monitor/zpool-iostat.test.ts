import { OutputParseError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { parseZpoolIostat, zpoolIostatCommand, type PoolIostat } from './zpool-iostat.js';

async function parse(text: string, vdevs = false): Promise<PoolIostat[]> {
  const samples: PoolIostat[] = [];
  for await (const sample of parseZpoolIostat(text.split('\n'), vdevs)) samples.push(sample);
  return samples;
}

describe('zpoolIostatCommand', () => {
  it('builds the defaults and all options', () => {
    const args = ['iostat', '-HpPy', '-T', 'u', '--', 'tank', '1'];
    expect(zpoolIostatCommand({ pool: 'tank' })).toEqual({ file: 'zpool', args, effect: 'read', stop: 'kill' });
    expect(zpoolIostatCommand({ pool: 'tank', intervalSeconds: 5, count: 2, vdevs: true }).args).toEqual([
      ...['iostat', '-HpPy', '-T', 'u', '-v', '--', 'tank', '5', '2'],
    ]);
  });

  it('refuses what is no pool', () => {
    expect(() => zpoolIostatCommand({ pool: 'tank/a' })).toThrow(/^pool: /);
  });
});

describe('parseZpoolIostat', () => {
  const rows = [
    'tank\t21227520\t96212992\t0\t51\t0\t182039',
    'mirror-0\t21227520\t96212992\t0\t51\t0\t182019',
    '/dev/sda\t-\t-\t0\t25\t0\t90982',
    'logs\t-\t-\t-\t-\t-\t-',
    '/dev/sdb\t0\t117440512\t0\t25\t0\t90973',
  ];

  it('reads samples of a pool', async () => {
    const [pool = ''] = rows;
    expect(await parse(`1795678332\n${pool}\n1795678333\n${pool}\n`)).toEqual(
      ['2026-11-26T07:32:12Z', '2026-11-26T07:32:13Z'].map((time) => ({
        time: new Date(time),
        name: 'tank',
        allocatedBytes: 21227520,
        freeBytes: 96212992,
        readsPerSecond: 0,
        writesPerSecond: 51,
        readBytesPerSecond: 0,
        writeBytesPerSecond: 182039,
        vdevs: [],
      })),
    );
  });

  it('reads what is in a pool', async () => {
    const samples = await parse(`1795678332\n${rows.join('\n')}\n1795678333\n${rows.join('\n')}\n`, true);
    expect(samples).toHaveLength(2);
    expect(samples[1]?.vdevs.map(({ name, allocatedBytes }) => [name, allocatedBytes])).toEqual([
      ['mirror-0', 21227520],
      ['/dev/sda', undefined],
      ['/dev/sdb', 0],
    ]);
  });

  it.each(['tank\t1\t1\t1\t1\t1\t1', '1795678332\ntank\t1\t1\t1\n', '1795678332\ntank\t1\t1\tx\t1\t1\t1'])(
    'refuses %j',
    async (text) => {
      await expect(parse(text)).rejects.toThrow(OutputParseError);
    },
  );
});
