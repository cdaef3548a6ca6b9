import { OutputParseError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { domstateCommand, parseDomstate } from './domstate.js';
import { readFixture, releases } from '../test/read-fixture.js';

describe('domstateCommand', () => {
  it('builds its only form', () => {
    const args = ['domstate', '--domain=MySQL', '--reason'];
    expect(domstateCommand({ domain: 'MySQL' })).toEqual({ file: 'virsh', args, effect: 'read', stop: 'kill' });
  });
});

describe.each(releases)('parseDomstate of %s', (release) => {
  it.each([
    ['running', { state: 'running', reason: 'booted' }],
    ['paused', { state: 'paused', reason: 'user' }],
    ['off', { state: 'shut off', reason: 'unknown' }],
  ])('reads %s', (name, expected) => {
    expect(parseDomstate(readFixture(release, `domstate-${name}.stdout`))).toEqual(expected);
  });
});

describe('parseDomstate', () => {
  it.each(['', 'running', 'asleep (user)', 'running (booted'])('refuses %j', (text) => {
    expect(() => parseDomstate(`${text}\n\n`)).toThrow(OutputParseError);
  });

  it('takes a reason that it does not know', () => {
    expect(parseDomstate('paused (API error (new))\n\n')).toEqual({ state: 'paused', reason: 'API error (new)' });
  });
});
