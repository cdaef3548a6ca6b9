import { OutputParseError } from '@quiesce/command';
import { recorded, releases } from '@quiesce/lab/recorded';
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

describe.each(releases('zfs'))('iostat of %s', (release) => {
  const pool = 'quiesce-monitor';
  const files = '/var/tmp/quiesce-monitor';

  it('tells samples of a pool', async () => {
    const { stdout } = recorded(release, 'zpool iostat');
    const samples = await parse(stdout);
    const [time = '', row = ''] = stdout.trimEnd().split('\n').slice(-2);
    const [, allocated, free, reads, writes, readBytes, writeBytes] = row.split('\t').map(Number);
    expect(samples).toHaveLength(2);
    expect(samples[1]).toEqual({
      time: new Date(Number(time) * 1000),
      name: pool,
      allocatedBytes: allocated,
      freeBytes: free,
      readsPerSecond: reads,
      writesPerSecond: writes,
      readBytesPerSecond: readBytes,
      writeBytesPerSecond: writeBytes,
      vdevs: [],
    });
    expect(allocated).toBeGreaterThan(20 * 1024 ** 2);
  });

  it('tells what is in a pool', async () => {
    const samples = await parse(recorded(release, 'zpool iostat vdevs').stdout, true);
    expect(samples).toHaveLength(2);
    for (const { allocatedBytes, name, vdevs } of samples) {
      expect([name, vdevs[0]?.allocatedBytes]).toEqual([pool, allocatedBytes]);
      expect(vdevs.map((vdev) => vdev.name)).toEqual([
        'mirror-0',
        ...[0, 1, 2, 3].map((n) => `${files}/f${String(n)}`),
      ]);
      // It is told of the mirror alone.
      expect(vdevs[1]).toMatchObject({ allocatedBytes: 0, freeBytes: 0 });
      expect(vdevs[4]?.freeBytes).toBeGreaterThan(100 * 1024 ** 2);
    }
  });
});

describe('parseZpoolIostat', () => {
  it.each(['tank\t1\t1\t1\t1\t1\t1', '1795678332\ntank\t1\t1\t1\n', '1795678332\ntank\t1\t1\tx\t1\t1\t1'])(
    'refuses %j',
    async (text) => {
      await expect(parse(text)).rejects.toThrow(OutputParseError);
    },
  );
});
