import { describe, expect, it } from 'vitest';
import { guestLog, hasEvent, parsePauseEvent, parsePauseLog, volumeLog } from './pause-log.js';

const log = (...events: string[]): ReturnType<typeof parsePauseLog> =>
  parsePauseLog(events.map((event, index) => `${String(index + 1)}.000000 ${event}\n`).join(''));
const paused = ['flushed 0', 'marked 0', 'suspending 0', 'suspended 0'];

describe('parsePauseEvent', () => {
  it.each([
    ['1364083186.250000 began', { atMs: 1_364_083_186_250, what: 'began', index: undefined, rest: '' }],
    ['2.5 state 0 shut off', { atMs: 2500, what: 'state', index: 0, rest: 'shut off' }],
    ['2.5 late 12 ', { atMs: 2500, what: 'late', index: 12, rest: '' }],
    ['2.5 unflushed-host', { atMs: 2500, what: 'unflushed-host', index: undefined, rest: '' }],
    ['2.5 refused 3 error: 7 of 9 ', { atMs: 2500, what: 'refused', index: 3, rest: 'error: 7 of 9' }],
  ])('reads %j', (line, event) => {
    expect(parsePauseEvent(line)).toEqual(event);
  });

  it.each(['', 'Running as unit: quiesce-pause-1.service', '1364083186 began', '1.5 Began', '1.5'])(
    'takes %j for something else',
    (line) => {
      expect(parsePauseEvent(line)).toBeUndefined();
    },
  );
});

describe('parsePauseLog', () => {
  it('leaves out what is no event, as a line that is not yet whole', () => {
    expect(parsePauseLog('1.0 began\nnoise\n2.0 ended\n3.').map(({ what }) => what)).toEqual(['began', 'ended']);
  });
});

describe('hasEvent', () => {
  it('looks for one word', () => {
    expect([hasEvent(log('began'), 'began'), hasEvent(log('began'), 'ended')]).toEqual([true, false]);
  });
});

describe('guestLog', () => {
  const untouched = { flushed: false, suspendedAtMs: undefined, resumedAtMs: undefined };

  it('tells when a guest was paused and when it was seen running', () => {
    expect(guestLog(log(...paused, 'resuming 0', 'running 0'), 0)).toEqual({
      flushed: true,
      suspendedAtMs: 3000,
      resumedAtMs: 6000,
      isOpen: false,
    });
  });

  it('tells nothing of a guest that the events are not about', () => {
    expect(guestLog(log(...paused), 1)).toEqual({ ...untouched, isOpen: false });
  });

  it('takes one that refused for one that was never paused', () => {
    const { suspendedAtMs, isOpen } = guestLog(log('suspending 0', 'refused 0 no', 'running 0'), 0);
    expect([suspendedAtMs, isOpen]).toEqual([undefined, false]);
  });

  it.each([
    ['nobody has seen running yet', paused],
    ['may be paused yet', ['suspending 0', 'late 0']],
    ['was paused still after it was resumed', [...paused, 'resuming 0', 'found 0 paused']],
  ])('is open where a guest %s', (_, events) => {
    const { isOpen, resumedAtMs } = guestLog(log(...events), 0);
    expect([resumedAtMs, isOpen]).toEqual([undefined, true]);
  });

  it.each(['found 0 shut off', 'gone 0', 'gone 0 crashed', 'foreign 0'])('is over with %j, not running', (event) => {
    const told = guestLog(log(...paused, 'resuming 0', event), 0);
    expect(told).toMatchObject({ resumedAtMs: undefined, isOpen: false });
  });

  it('counts what came last', () => {
    const told = guestLog(log(...paused, 'resuming 0', 'found 0 paused', 'resuming 0', 'running 0'), 0);
    expect(told).toMatchObject({ resumedAtMs: 8000, isOpen: false });
  });
});

describe('volumeLog', () => {
  it.each([
    ['nothing of it', ['snapshotting 1'], { startedAtMs: undefined, frozen: false, isOpen: false }],
    ['that LVM has not answered', ['snapshotting 0'], { startedAtMs: 1000, frozen: false, isOpen: true }],
    [
      'that LVM refused',
      ['snapshotting 0', 'unsnapshotted 0 full'],
      { startedAtMs: 1000, frozen: false, isOpen: false },
    ],
    ['that a guest moved', ['snapshotting 0', 'snapshotted 0'], { startedAtMs: 1000, frozen: false, isOpen: false }],
    ['all well', ['snapshotting 0', 'snapshotted 0', 'frozen 0'], { startedAtMs: 1000, frozen: true, isOpen: false }],
  ])('says %s', (_, events, told) => {
    expect(volumeLog(log(...events), 0)).toEqual(told);
  });
});
