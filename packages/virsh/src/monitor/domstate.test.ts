import { OutputParseError } from '@quiesce/command';
import { recorded, releases } from '@quiesce/lab/recorded';
import { describe, expect, it } from 'vitest';
import { virshDomstateCommand, parseVirshDomstate } from './domstate.js';

describe('virshDomstateCommand', () => {
  it('builds its only form', () => {
    const args = ['domstate', '--domain=MySQL', '--reason'];
    expect(virshDomstateCommand({ domain: 'MySQL' })).toEqual({ file: 'virsh', args, effect: 'read', stop: 'kill' });
  });
});

describe.each(releases('virsh'))('parseVirshDomstate of %s', (release) => {
  it.each([
    ['running', { state: 'running', reason: 'booted' }],
    ['paused', { state: 'paused', reason: 'user' }],
    ['off', { state: 'shut off', reason: 'unknown' }],
  ])('reads %s', (name, expected) => {
    expect(parseVirshDomstate(recorded(release, `domstate-${name}`).stdout)).toEqual(expected);
  });
});

describe('parseVirshDomstate', () => {
  it.each(['', 'running', 'asleep (user)', 'running (booted'])('refuses %j', (text) => {
    expect(() => parseVirshDomstate(`${text}\n\n`)).toThrow(OutputParseError);
  });

  it('takes a reason that it does not know', () => {
    expect(parseVirshDomstate('paused (API error (new))\n\n')).toEqual({ state: 'paused', reason: 'API error (new)' });
  });
});
