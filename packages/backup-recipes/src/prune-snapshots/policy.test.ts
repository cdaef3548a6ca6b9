import { describe, expect, it } from 'vitest';
import type { BackupState } from '../target/states.js';
import { stateAt, stateOfNow } from '../target/testing/backup-state.js';
import type { KeepRules } from './keep.js';
import { decide, type PolicyDecision } from './policy.js';

const now = new Date('2013-03-25T12:00:00Z');
const day = (text: string, given: Partial<BackupState> = {}): BackupState =>
  stateAt(new Date(`2013-03-${text}T01:00:00Z`), { snapshot: `archives/backups@${text}`, ...given });
const verified = (outcome: 'whole' | 'partly' | 'damaged'): Partial<BackupState> => ({
  verified: { at: now, outcome },
});

const ask = (states: readonly BackupState[], keep: KeepRules): PolicyDecision =>
  decide(states, { target: 'archives/backups', keep, timeZone: 'Europe/Berlin', now });

/** Why each is kept, by its short name. */
function whys({ snapshots }: PolicyDecision): Record<string, readonly string[]> {
  return Object.fromEntries(snapshots.map(({ name, why }) => [name.replace(/.*@/, ''), why]));
}

describe('decide', () => {
  it('keeps the best of each of the newest periods, and says as what', () => {
    const states = ['24', '23', '22', '18', '17', '10'].map((text) => day(text));
    expect(whys(ask(states, { last: 1, daily: 2, weekly: 2, monthly: 1, yearly: 1, withinMs: 0 }))).toEqual({
      '24': ['last', 'daily 2013-03-24', 'weekly 2013-W12', 'monthly 2013-03', 'yearly 2013', 'newest complete'],
      '23': ['daily 2013-03-23'],
      '22': [],
      '18': [],
      '17': ['weekly 2013-W11'],
      '10': [],
    });
    expect(whys(ask(states, { hourly: 2, withinMs: 2 * 86_400_000 }))).toEqual({
      '24': ['hourly 2013-03-24 02h+01:00', 'within', 'newest complete'],
      '23': ['hourly 2013-03-23 02h+01:00', 'within'],
      '22': ['within'],
      ...{ '18': [], '17': [], '10': [] },
    });
  });

  it('goes by the run whose data a snapshot holds, or else by its making', () => {
    const { snapshots } = ask([day('23'), day('20', { at: undefined, runId: undefined, complete: undefined })], {
      daily: 5,
    });
    expect(snapshots).toMatchObject([
      { at: new Date('2013-03-23T01:00:00Z'), keep: true },
      { at: new Date('2013-03-21T01:00:00Z'), why: ['daily 2013-03-21'] },
    ]);
  });

  it('leaves what others made, what is held and what is cloned', () => {
    const states = [
      day('24'),
      day('23', { madeBy: 'other' }),
      day('22', { holds: 2 }),
      day('21', { clones: ['archives/a', 'archives/b'] }),
      day('20', { madeBy: 'other', at: new Date('2014-01-01T00:00:00Z'), complete: false, folders: [] }),
    ];
    const found = ask(states, { last: 1 });
    expect(whys(found)).toEqual({
      '24': ['last', 'newest complete'],
      '23': ['made by others'],
      '22': ['held'],
      '21': ['cloned as archives/a', 'cloned as archives/b'],
      '20': ['made by others'],
    });
    expect(found.warnings).toEqual([]);
  });

  it('prefers in a period what was verified, then what is complete, and last what is damaged', () => {
    const kept = (...states: readonly BackupState[]): string[] =>
      ask([day('24'), ...states], { monthly: 1, yearly: 1 })
        .snapshots.filter(({ why }) => why.includes('monthly 2013-03'))
        .map(({ name }) => name.replace(/.*@/, ''));
    expect(kept(day('20'), day('19'))).toEqual(['24']);
    expect(kept(day('20', verified('whole')), day('19', verified('whole')))).toEqual(['20']);
    expect(kept(day('20', verified('partly')))).toEqual(['20']);
    expect(kept(day('20', verified('partly')), day('19', verified('whole')))).toEqual(['19']);
    const worse = [day('23', { complete: false }), day('22', verified('damaged'))];
    const whole = ask([...worse, day('19', verified('whole')), day('18')], { monthly: 1 });
    expect(whys(whole)).toEqual({ '23': [], '22': [], '19': ['monthly 2013-03', 'newest complete'], '18': [] });
    const complete = ask([...worse, day('18'), day('17')], { monthly: 1 });
    expect(whys(complete)).toMatchObject({
      '23': [],
      '22': [],
      '18': ['monthly 2013-03', 'newest complete'],
      '17': [],
    });
    const now24 = stateOfNow(new Date('2013-03-24T01:00:00Z'));
    expect(whys(ask([now24, ...worse], { monthly: 1 }))).toEqual({ '23': ['monthly 2013-03'], '22': [] });
  });

  it('never lets failed nights push out complete ones', () => {
    const failed = ['24', '23', '22', '21', '20'].map((text) => day(text, { complete: false }));
    const found = ask([...failed, ...['19', '18', '17'].map((text) => day(text))], { daily: 2 });
    expect(whys(found)).toEqual({
      '24': ['daily 2013-03-24'],
      '23': ['daily 2013-03-23'],
      ...{ '22': [], '21': [], '20': [] },
      '19': ['daily 2013-03-19', 'newest complete'],
      '18': ['daily 2013-03-18'],
      '17': [],
    });
    expect(whys(ask([day('24'), day('23'), day('22', { complete: false })], { daily: 2 }))['22']).toEqual([]);
  });

  it('counts several snapshots of one run once', () => {
    const runId = '1364000000-0a0b0c0d';
    const twice = [day('24', { runId }), day('24', { runId, snapshot: 'archives/backups@again' }), day('23')];
    expect(whys(ask(twice, { last: 2 }))).toEqual({ '24': ['last', 'newest complete'], again: [], '23': ['last'] });
  });

  it('never prunes the newest complete one, and nothing where none would remain', () => {
    const incomplete = ['24', '23'].map((text) => day(text, { complete: false }));
    const damaged = day('22', verified('damaged'));
    const rest = [...incomplete, damaged];
    expect(whys(ask([...rest, day('02')], { last: 1 }))).toMatchObject({ '02': ['last', 'newest complete'], '22': [] });
    const nothing = ask(rest, { last: 1 });
    expect(whys(nothing)).toMatchObject({
      '24': ['last'],
      '23': ['nothing complete would remain'],
      '22': ['nothing complete would remain'],
    });
    expect(nothing.warnings).toEqual([
      { subject: 'archives/backups', message: expect.stringContaining('nothing is pruned') as string },
    ]);
    const at = new Date('2013-03-25T01:00:00Z');
    expect(whys(ask([stateOfNow(at, verified('damaged')), ...rest], { last: 1 }))['22']).toHaveLength(1);
    const complete = ask([stateOfNow(at), ...rest], { last: 1 });
    expect(complete.warnings).toEqual([]);
    expect(whys(complete)).toEqual({ '24': ['last'], '23': [], '22': [] });
    expect(whys(ask([stateOfNow(at), day('24'), day('23')], { withinMs: 1 }))).toEqual({
      '24': ['within', 'newest complete'],
      '23': [],
    });
  });

  it('keeps what is from the future and what can not be read, warns, and lets them fill no period', () => {
    const future = stateAt(new Date('2031-01-01T00:00:00Z'), { snapshot: 'archives/backups@future' });
    const unreadable = day('24', { complete: false, folders: [] });
    const found = ask([future, unreadable, day('23'), day('22')], { daily: 1, yearly: 1 });
    expect(whys(found)).toEqual({
      future: ['from the future'],
      '24': ['not readable'],
      '23': ['daily 2013-03-23', 'yearly 2013', 'newest complete'],
      '22': [],
    });
    expect(found.warnings.map(({ subject }) => subject)).toEqual(['archives/backups@future', 'archives/backups@24']);
    expect(found.warnings[0]?.message).toContain('2031-01-01T00:00:00.000Z, which is yet to come');
  });

  it('lets one that can not be read displace none, whatever its properties say', () => {
    const found = ask([day('24', { folders: [] }), day('23'), day('22', { folders: [] })], { weekly: 1 });
    expect(whys(found)).toEqual({
      ...{ '24': ['not readable'], '22': ['not readable'] },
      '23': ['weekly 2013-W12', 'newest complete'],
    });
    expect(found.warnings).toHaveLength(2);
  });

  it('keeps what was made last though its clock was in the past, and warns', () => {
    const late = day('24', { at: new Date('2013-01-01T00:00:00Z') });
    const states = [late, ...['22', '21', '20'].map((text) => day(text))];
    const found = ask(states, { daily: 2 });
    expect(whys(found)).toEqual({
      '24': ['of an implausible time'],
      '22': ['daily 2013-03-22', 'newest complete'],
      '21': ['daily 2013-03-21'],
      '20': [],
    });
    expect(found.warnings).toEqual([
      { subject: 'archives/backups@24', message: expect.stringContaining('of archives/backups@22') as string },
    ]);
    expect(found.warnings[0]?.message).toContain('are of 2013-01-01T00:00:00.000Z');
  });

  it('keeps one whose data are of a time after its making, and measures no other by it', () => {
    const ahead = day('21', { at: new Date('2013-03-24T23:00:00Z'), createdAt: new Date('2013-03-22T01:00:00Z') });
    const found = ask([day('23'), day('22'), ahead, day('20')], { daily: 2 });
    expect(whys(found)).toEqual({
      '23': ['daily 2013-03-23', 'newest complete'],
      '22': ['daily 2013-03-22'],
      '21': ['of an implausible time'],
      '20': [],
    });
    expect(found.warnings[0]?.message).toContain('it was made at 2013-03-22T01:00:00.000Z');
  });

  it('takes the data of a run for as new as the snapshot that the run made first', () => {
    const createdAt = new Date('2013-03-23T01:00:02Z');
    const first = day('22', { at: undefined, runId: undefined, complete: undefined, folders: [], createdAt });
    const found = ask([day('23'), first], { daily: 1 });
    expect(whys(found)).toEqual({ '23': ['daily 2013-03-23', 'newest complete'], '22': [] });
    expect(found.warnings).toEqual([]);
  });

  it('has nothing to say of a target without snapshots', () => {
    expect(ask([stateOfNow(now)], { daily: 1 })).toEqual({ snapshots: [], warnings: [] });
    expect(ask([], { daily: 1 })).toEqual({ snapshots: [], warnings: [] });
  });
});
