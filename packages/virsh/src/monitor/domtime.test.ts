import { InvalidArgumentError, OutputParseError } from '@quiesce/command';
import { recorded, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import {
  parseVirshDomtime,
  virshDomtimeCommand,
  virshDomtimeSetCommand,
  type VirshDomtimeSetOptions,
} from './domtime.js';

const domain = 'MySQL';

describe('virshDomtimeCommand', () => {
  it('builds its only form', () => {
    const args = ['domtime', '--domain=MySQL'];
    expect(virshDomtimeCommand({ domain })).toEqual({ file: 'virsh', args, effect: 'read', stop: 'kill' });
  });
});

describe('virshDomtimeSetCommand', () => {
  it('builds a time, without parts of a second', () => {
    expect(virshDomtimeSetCommand({ domain, time: new Date('2026-09-21T14:13:20.999Z') })).toEqual({
      file: 'virsh',
      args: ['domtime', '--domain=MySQL', '--time=1790000000'],
      effect: 'write',
      stop: 'wait',
    });
  });

  it('builds each other form', () => {
    expect(virshDomtimeSetCommand({ domain, now: true }).args).toEqual(['domtime', '--domain=MySQL', '--now']);
    expect(virshDomtimeSetCommand({ domain, sync: true }).args).toEqual(['domtime', '--domain=MySQL', '--sync']);
  });

  it.each<[string, object]>([
    ['nothing to set, which would read', {}],
    ['now that is false', { now: false }],
    ['sync that is false', { sync: false }],
    ['a time and now', { time: new Date(0), now: true }],
    ['now and sync', { now: true, sync: true }],
    ['no time', { time: new Date(Number.NaN) }],
    ['a time before 1970', { time: new Date(-1) }],
    ['a time that the agent has no number for', { time: new Date(9_223_372_037_000) }],
  ])('refuses %s', (_what, options) => {
    const given = { domain, ...options } as VirshDomtimeSetOptions;
    expect(() => virshDomtimeSetCommand(given)).toThrow(InvalidArgumentError);
  });

  it('takes the first and the last time', () => {
    const word = (time: number): string | undefined =>
      virshDomtimeSetCommand({ domain, time: new Date(time) }).args.at(-1);
    expect([word(0), word(9_223_372_036_999)]).toEqual(['--time=0', '--time=9223372036']);
  });
});

describe.each(releases('virsh'))('domtime of %s', (release) => {
  it('is read', () => {
    expect(parseVirshDomtime(recorded(release, 'domtime').stdout)).toEqual(new Date('1989-11-17T15:32:00Z'));
  });

  it('prints nothing when it is set', () => {
    expect(recorded(release, 'domtime-set')).toMatchObject({ exitCode: 0, stdout: '\n', stderr: '' });
  });
});

describe('parseVirshDomtime', () => {
  it('takes a clock before 1970', () => {
    expect(parseVirshDomtime('Time: -86400\n\n')).toEqual(new Date('1969-12-31T00:00:00Z'));
  });

  it.each(['', 'Time: ', 'Time: 1989-11-17 15:32:00', 'Time: 99999999999999999', '627319920'])('refuses %j', (text) => {
    expect(() => parseVirshDomtime(`${text}\n\n`)).toThrow(OutputParseError);
  });
});
