import { describe, expect, it } from 'vitest';
import { parsePauseLog } from './pause-log.js';
import { pauseProblem, type PauseProblem } from './pause-problems.js';

const names = { guests: ['MySQL', 'Server-Tim'], volumes: ['/dev/SSD/images'], target: 'archives/backups' };

function problems(...events: string[]): (PauseProblem | undefined)[] {
  return parsePauseLog(events.map((event) => `1.0 ${event}\n`).join('')).map((event) => pauseProblem(event, names));
}

describe('pauseProblem', () => {
  it('finds none in a pause that went well', () => {
    const guest = ['state 0 running', 'flushed 0', 'marking 0', 'marked 0', 'suspending 0', 'suspended 0'];
    const volume = ['snapshotting 0', 'snapshotted 0', 'frozen 0'];
    const rest = ['resuming 0', 'running 0', 'unmarked 0', 'ended'];
    const events = ['began', 'flushed-host', ...guest, ...volume, ...rest];
    expect(problems(...events)).toEqual(events.map(() => undefined));
  });

  it.each([
    ['unanswered 1', 'suspend', true],
    ['unflushed 1 no keyboard', 'flush', true],
    ['silent 1', 'flush', true],
    ['unmarkable 1', 'suspend', true],
    ['not-running 1 paused', 'suspend', false],
    ['not-running 1 crashed', 'suspend', true],
    ['refused 1 it is migrated', 'suspend', true],
    ['late 1', 'suspend', true],
    ['moved 1 running', 'lvm-snapshot', true],
    ['unknown 1', 'lvm-snapshot', true],
    ['unresumed 1', 'resume', false],
    ['found 1 paused', 'resume', false],
    ['found 1 shut off', 'resume', true],
    ['gone 1', 'resume', true],
    ['foreign 1', 'resume', false],
  ])('knows what %j means about a guest', (event, step, fatal) => {
    const [problem] = problems(event);
    expect(problem).toMatchObject({ step, fatal, subject: 'Server-Tim' });
    expect(problem?.message).toContain('Server-Tim');
    expect(problem?.message).not.toMatch(/undefined|\(\)|: $/);
  });

  it('says what was said', () => {
    expect(problems('refused 0 it is migrated', 'unsnapshotted 0 no free space')).toEqual([
      { step: 'suspend', subject: 'MySQL', message: 'MySQL could not be paused: it is migrated', fatal: true },
      { step: 'lvm-snapshot', subject: '/dev/SSD/images', message: 'no free space', fatal: true },
    ]);
  });

  it('ascribes what is about no guest to the target', () => {
    expect(problems('unflushed-host', 'not-ready')).toEqual([
      expect.objectContaining({ step: 'flush', subject: 'archives/backups', fatal: false }),
      expect.objectContaining({ step: 'suspend', subject: 'archives/backups', fatal: true }),
    ]);
  });

  it('has a reason where LVM gave none', () => {
    expect(problems('unsnapshotted 0')[0]?.message).toBe('LVM gave no reason: see dmesg and the journal of that time');
  });
});
