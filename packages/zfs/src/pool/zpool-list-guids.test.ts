import { InvalidArgumentError, OutputParseError } from '@quiesce/command';
import { recorded, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { parseZpoolListGuids, zpoolListGuidsCommand } from './zpool-list-guids.js';

describe('zpoolListGuidsCommand', () => {
  it('builds the defaults and all options', () => {
    const options = ['list', '-Hp', '-o', 'name,guid,health', '--'];
    expect(zpoolListGuidsCommand()).toEqual({ file: 'zpool', args: options, effect: 'read', stop: 'kill' });
    expect(zpoolListGuidsCommand({ pools: ['tank', 'a b'] }).args).toEqual([...options, 'tank', 'a b']);
  });

  it('refuses a name that is none', () => {
    expect(() => zpoolListGuidsCommand({ pools: ['-v'] })).toThrow(InvalidArgumentError);
  });
});

describe.each(releases('zfs'))('parseZpoolListGuids on %s', (release) => {
  it('reads a pool', () => {
    expect(parseZpoolListGuids(recorded(release, 'zpool guids degraded').stdout)).toEqual([
      { name: 'quiesce-zfs', guid: expect.stringMatching(/^\d+$/) as string, state: 'DEGRADED' },
    ]);
  });
});

describe('parseZpoolListGuids', () => {
  it('refuses a row that lacks something', () => {
    expect(() => parseZpoolListGuids('tank\tONLINE\n')).toThrow(OutputParseError);
  });
});
