import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BackupState } from '../target/states.js';
import { stateAt } from '../target/testing/backup-state.js';
import type { KeepRules } from './keep.js';
import { decide } from './policy.js';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** What is left of some snapshots. */
function prune(states: readonly BackupState[], keep: KeepRules, timeZone: string, now: Date): readonly BackupState[] {
  const { snapshots } = decide(states, { target: 'archives/backups', keep, timeZone, now });
  return states.filter((_, index) => snapshots[index]?.keep);
}

/** What is left where it is pruned again and again, after so many new snapshots each time. */
function pruneAlong(all: readonly BackupState[], keep: KeepRules, timeZone: string, every: number): BackupState[] {
  let left: readonly BackupState[] = [];
  const oldestFirst = all.toReversed();
  for (let first = 0; first < oldestFirst.length; first += every) {
    const fresh = oldestFirst.slice(first, first + every).toReversed();
    left = prune([...fresh, ...left], keep, timeZone, fresh[0]?.createdAt ?? new Date());
  }
  return [...left];
}

const names = (states: readonly BackupState[]): (string | undefined)[] => states.map(({ snapshot }) => snapshot);

/** The periods of a moment in a way of its own: the words of a Swedish clock, and Mondays. */
function reference(timeZone: string): (at: Date) => Record<Exclude<keyof KeepRules, 'withinMs' | 'last'>, string> {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const zone = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  return (at) => {
    const text = clock.format(at);
    const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
    const monday = new Date(day.getTime() - ((day.getUTCDay() + 6) % 7) * dayMs);
    const offset = zone.format(at).replace(/.*GMT/, '');
    return {
      ...{ hourly: text.slice(0, 13) + offset, daily: text.slice(0, 10), weekly: monday.toISOString() },
      ...{ monthly: text.slice(0, 7), yearly: text.slice(0, 4) },
    };
  };
}

/** The newest snapshot of each of the newest periods, by the reference. */
function expected(all: readonly BackupState[], keep: KeepRules, timeZone: string): (string | undefined)[] {
  const periodsOf = reference(timeZone);
  const periods = all.map(({ at = new Date(0) }) => periodsOf(at));
  const kept = new Set([0]);
  for (const kind of ['hourly', 'daily', 'weekly', 'monthly', 'yearly'] as const) {
    const firsts = new Map<string, number>();
    for (const [index, period] of periods.entries()) {
      if (!firsts.has(period[kind])) firsts.set(period[kind], index);
    }
    const newest = [...firsts.values()].slice(0, keep[kind]);
    // There are so many of the class: none was lost where clocks were changed.
    expect(newest).toHaveLength(Math.min(keep[kind] ?? 0, firsts.size));
    for (const index of newest) kept.add(index);
  }
  return names(all.filter((_, index) => kept.has(index)));
}

const timeZones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'];
// Both changes of the clocks are in each of the years, and what is kept ends among them.
const start = Date.UTC(2012, 10, 1, 0, 40);

/** One snapshot each so often, over three years: the newest first. */
function threeYears(everyMs: number): BackupState[] {
  const count = Math.floor((3 * 365 * dayMs) / everyMs);
  return Array.from({ length: count }, (_, index) =>
    stateAt(new Date(start + index * everyMs), { snapshot: `archives/backups@${String(index)}` }),
  ).toReversed();
}

describe.each(timeZones)('three years in %s', (timeZone) => {
  const keep: KeepRules = { hourly: 26, daily: 10, weekly: 12, monthly: 40, yearly: 5 };

  it('keep of nightly snapshots what they should, at once and night by night', () => {
    const nights = threeYears(dayMs);
    const wanted = expected(nights, keep, timeZone);
    expect(names(prune(nights, keep, timeZone, new Date('2016-01-01')))).toEqual(wanted);
    expect(names(pruneAlong(nights, keep, timeZone, 1))).toEqual(wanted);
  });

  it('keep of hourly snapshots what they should, at once and day by day', () => {
    const hours = threeYears(hourMs);
    const wanted = expected(hours, keep, timeZone);
    expect(names(prune(hours, keep, timeZone, new Date('2016-01-01')))).toEqual(wanted);
    expect(names(pruneAlong(hours, keep, timeZone, 24))).toEqual(wanted);
  });

  it.each([
    ['put forward', Date.UTC(2013, 2, 10, 18), Date.UTC(2013, 3, 1), Date.UTC(2013, 9, 7)],
    ['put back', Date.UTC(2013, 9, 27, 18), Date.UTC(2013, 10, 4), Date.UTC(2013, 3, 8)],
  ])('keep every hour and day around clocks that are %s', (_, ...ends) => {
    for (const end of ends) {
      const hours = Array.from({ length: 24 * 10 }, (_unused, index) =>
        stateAt(new Date(end - index * hourMs), { snapshot: `archives/backups@${String(index)}` }),
      );
      const now = new Date(end);
      expect(prune(hours, { hourly: 200 }, timeZone, now)).toHaveLength(200);
      expect(prune(hours, { daily: 8 }, timeZone, now)).toHaveLength(8);
    }
  });
});

/** Snapshots of a year, some of them of failed runs, some verified: the newest first. */
const someStates = fc
  .array(
    fc.record({
      hours: fc.integer({ min: 0, max: 365 * 24 }),
      complete: fc.boolean(),
      outcome: fc.constantFrom(undefined, 'whole' as const, 'partly' as const, 'damaged' as const),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((given) =>
    given
      .toSorted((one, other) => other.hours - one.hours)
      .map(({ complete, hours, outcome }, index) => {
        const at = new Date(start + hours * hourMs);
        const verified = outcome === undefined ? undefined : { at, outcome };
        return stateAt(at, { snapshot: `archives/backups@${String(index)}`, complete, verified });
      }),
  );

const number = fc.integer({ min: 0, max: 6 });
const someRules = fc
  .record({
    ...{ last: number, hourly: number, daily: number, weekly: number, monthly: number, yearly: number },
    withinMs: fc.constantFrom(0, dayMs, 9 * dayMs),
  })
  .filter((rules) => Object.values(rules).some((value) => value > 0));

const isSound = ({ complete, verified }: BackupState): boolean => complete === true && verified?.outcome !== 'damaged';
const later = new Date('2016-01-01');

describe('decide, whatever there is', () => {
  it('asks for the same of what is left', () => {
    fc.assert(
      fc.property(someStates, someRules, fc.constantFrom(...timeZones), (states, keep, timeZone) => {
        const left = prune(states, keep, timeZone, later);
        expect(prune(left, keep, timeZone, later)).toEqual(left);
      }),
    );
  });

  it('never loses along the way a complete one that it would keep at the end', () => {
    fc.assert(
      fc.property(someStates, someRules, fc.constantFrom(...timeZones), (states, keep, timeZone) => {
        const atOnce = prune(states, keep, timeZone, later);
        const along = prune(pruneAlong(states, keep, timeZone, 1), keep, timeZone, later);
        expect(along.filter(isSound)).toEqual(atOnce.filter(isSound));
        expect(atOnce).toEqual(expect.arrayContaining([...along]));
      }),
    );
  });

  it('never prunes the newest complete one, or all where none is', () => {
    fc.assert(
      fc.property(someStates, someRules, (states, keep) => {
        const left = prune(states, keep, 'UTC', later);
        const newest = states.find(isSound);
        expect(newest === undefined ? left : left.find(isSound)).toEqual(newest ?? states);
      }),
    );
  });

  it('keeps of each class as many complete ones as there are periods with one, up to its number', () => {
    fc.assert(
      fc.property(someStates, someRules, fc.constantFrom(...timeZones), (states, keep, timeZone) => {
        const periodsOf = reference(timeZone);
        const sound = states.filter(isSound);
        const left = prune(states, keep, timeZone, later).filter(isSound);
        for (const kind of ['hourly', 'daily', 'weekly', 'monthly', 'yearly'] as const) {
          const periods = (of: readonly BackupState[]): string[] => [
            ...new Set(of.map(({ at = later }) => periodsOf(at)[kind])),
          ];
          expect(periods(left)).toEqual(expect.arrayContaining(periods(sound).slice(0, keep[kind])));
        }
      }),
    );
  });

  it('never prunes a verified one for one that is not', () => {
    fc.assert(
      fc.property(someStates, fc.constantFrom(...timeZones), (states, timeZone) => {
        const { snapshots } = decide(states, { target: 'a', keep: { monthly: 12 }, timeZone, now: later });
        const monthOf = reference(timeZone);
        for (const gone of snapshots.filter(
          ({ complete, keep, verified }) => !keep && complete && verified === 'whole',
        )) {
          const month = monthOf(gone.at ?? later).monthly;
          const better = snapshots.filter(({ at, keep }) => keep && monthOf(at ?? later).monthly === month);
          expect(better.some(({ verified, why }) => verified === 'whole' && why.includes(`monthly ${month}`))).toBe(
            true,
          );
        }
      }),
    );
  });
});
