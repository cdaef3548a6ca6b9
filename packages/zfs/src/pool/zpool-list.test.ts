import { InvalidArgumentError, OutputParseError } from '@quiesce/command';
import { recorded, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { parseZpoolList, zpoolListCommand } from './zpool-list.js';

const columns = 'name,guid,health,readonly,size,allocated,free,capacity,fragmentation';

describe('zpoolListCommand', () => {
  it('builds the defaults', () => {
    expect(zpoolListCommand()).toEqual({
      file: 'zpool',
      args: ['list', '-Hp', '-o', columns, '--'],
      effect: 'read',
      stop: 'kill',
    });
  });

  it('builds all options', () => {
    expect(zpoolListCommand({ pools: ['tank', 'a b'] }).args).toEqual([
      'list',
      '-Hp',
      '-o',
      columns,
      '--',
      'tank',
      'a b',
    ]);
  });

  it.each(['', '-v', 'tank/a', 'tank@a', '1tank', 'tank\n', '5'])('refuses the pool %j', (pool) => {
    expect(() => zpoolListCommand({ pools: [pool] })).toThrow(InvalidArgumentError);
  });
});

describe.each(releases('zfs'))('parseZpoolList on %s', (release) => {
  it('reads a pool', () => {
    const number = expect.any(Number) as number;
    expect(parseZpoolList(recorded(release, 'zpool list').stdout)).toEqual([
      {
        name: 'quiesce-zfs',
        guid: expect.stringMatching(/^\d+$/) as string,
        state: 'ONLINE',
        readOnly: false,
        sizeBytes: number,
        allocatedBytes: number,
        freeBytes: number,
        capacityPercent: number,
        fragmentationPercent: number,
      },
    ]);
  });

  it('reads a pool that is imported for reading only', () => {
    expect(parseZpoolList(recorded(release, 'zpool list readonly').stdout)).toMatchObject([{ readOnly: true }]);
  });
});

describe('parseZpoolList', () => {
  it('reads a pool that tells no sizes', () => {
    const [pool] = parseZpoolList('tank\t18446744073709551615\tUNAVAIL\toff\t-\t-\t-\t-\t-\n');
    expect(pool).toMatchObject({ guid: '18446744073709551615', state: 'UNAVAIL', sizeBytes: undefined });
  });

  it('reads the percent signs of releases before 2.0', () => {
    const rows = 'tank\t12345\tONLINE\toff\t1000\t400\t600\t12\t0%\nnew\t6\tONLINE\toff\t1000\t400\t600\t40%\t-\n';
    expect(parseZpoolList(rows)).toMatchObject([
      { name: 'tank', capacityPercent: 12, fragmentationPercent: 0 },
      { name: 'new', capacityPercent: 40, fragmentationPercent: undefined },
    ]);
  });

  it('takes a percent sign for nothing else', () => {
    expect(() => parseZpoolList('tank\t1\tONLINE\toff\t10%\t0\t0\t0\t0\n')).toThrow(OutputParseError);
    expect(() => parseZpoolList('tank\t1\tONLINE\toff\t10\t0\t0\t%\t0\n')).toThrow(OutputParseError);
  });

  it('refuses rows that are not as expected', () => {
    expect(() => parseZpoolList('tank\t1\tONLINE\n')).toThrow(OutputParseError);
    expect(() => parseZpoolList('tank\t1\tONLINE\toff\t1G\t0\t0\t0\t0\n')).toThrow(OutputParseError);
  });
});
