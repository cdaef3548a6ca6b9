import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localTime } from './periods.js';

const at = (text: string): Date => new Date(text);

describe('localTime', () => {
  it('names the periods by the clocks of the time zone', () => {
    expect(localTime('Europe/Berlin').periodsOf(at('2013-03-24T23:30:00Z'))).toEqual({
      ...{ hourly: '2013-03-25 00h+01:00', daily: '2013-03-25', weekly: '2013-W13' },
      ...{ monthly: '2013-03', yearly: '2013' },
    });
    expect(localTime('America/New_York').periodsOf(at('2013-01-01T04:59:59.999Z'))).toEqual({
      ...{ hourly: '2012-12-31 23h-05:00', daily: '2012-12-31', weekly: '2013-W01' },
      ...{ monthly: '2012-12', yearly: '2012' },
    });
    expect(localTime('Asia/Kathmandu').textOf(at('2013-03-24T18:20:00Z'))).toBe('2013-03-25 00:05');
  });

  it.each([
    ['2005-01-01', '2004-W53'],
    ['2005-01-02', '2004-W53'],
    ['2007-01-01', '2007-W01'],
    ['2008-12-29', '2009-W01'],
    ['2009-12-31', '2009-W53'],
    ['2010-01-03', '2009-W53'],
    ['2010-01-04', '2010-W01'],
    ['2012-01-01', '2011-W52'],
    ['2026-12-31', '2026-W53'],
  ])('%s is in week %s of ISO 8601', (day, week) => {
    expect(localTime('UTC').periodsOf(at(`${day}T12:00:00Z`)).weekly).toBe(week);
  });

  it('knows the hour that comes twice as two, and half of one too', () => {
    const hours = (timeZone: string, ...moments: string[]): string[] =>
      moments.map((moment) => localTime(timeZone).periodsOf(at(moment)).hourly);
    expect(hours('Europe/Berlin', '2013-10-27T00:30:00Z', '2013-10-27T01:30:00Z')).toEqual([
      '2013-10-27 02h+02:00',
      '2013-10-27 02h+01:00',
    ]);
    expect(hours('Australia/Lord_Howe', '2013-04-06T14:45:00Z', '2013-04-06T15:15:00Z')).toEqual([
      '2013-04-07 01h+11:00',
      '2013-04-07 01h+10:30',
    ]);
  });

  it('gives each week seven days, and never parts a day or an hour', () => {
    const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Kiritimati'].map(localTime);
    const years = { min: at('1990-01-01T00:00:00Z'), max: at('2060-01-01T00:00:00Z'), noInvalidDate: true };
    fc.assert(
      fc.property(fc.date(years), fc.constantFrom(...zones), (moment, zone) => {
        const one = zone.periodsOf(moment);
        expect(one.hourly.startsWith(one.daily)).toBe(true);
        expect(one.daily.startsWith(one.monthly)).toBe(true);
        expect(one.monthly.startsWith(one.yearly)).toBe(true);
        const nextWeek = zone.periodsOf(new Date(moment.getTime() + 7 * 86_400_000 + 7_200_000));
        expect(nextWeek.weekly).not.toBe(one.weekly);
      }),
    );
  });

  it('refuses what is no time zone', () => {
    expect(() => localTime('Europe/Atlantis')).toThrow(RangeError);
  });
});
