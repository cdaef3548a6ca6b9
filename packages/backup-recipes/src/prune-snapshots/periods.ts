/** The kinds of periods of the calendar. */
export type PeriodKind = 'hourly' | 'daily' | 'weekly' | 'monthly' | 'yearly';

/** The periods that a moment lies in, each by its name: `2013-03-25`, `2013-W13`, `2013-03`. */
export type Periods = Readonly<Record<PeriodKind, string>>;

const dayMs = 86_400_000;

const twoDigits = (value: number): string => String(value).padStart(2, '0');
const fourDigits = (value: number): string => String(value).padStart(4, '0');

/**
 * The week of a day by ISO 8601: it begins on Monday, and the first of a year is that with its
 * first Thursday.
 */
function isoWeek(day: Date): string {
  const thursday = new Date(day.getTime() + (3 - ((day.getUTCDay() + 6) % 7)) * dayMs);
  const year = thursday.getUTCFullYear();
  const week = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * dayMs));
  return `${fourDigits(year)}-W${twoDigits(week)}`;
}

/** How far a time zone is from UTC, as `+01:00`. */
function offsetText(offsetMs: number): string {
  const minutes = Math.abs(Math.round(offsetMs / 60_000));
  return `${offsetMs < 0 ? '-' : '+'}${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

/** The calendar and the clock of a time zone. */
export interface LocalTime {
  periodsOf(moment: Date): Periods;
  /** As `2013-03-25 01:59`. */
  textOf(moment: Date): string;
}

/**
 * Reads moments by the clocks of a time zone.
 *
 * @throws RangeError where there is no such time zone.
 */
export function localTime(timeZone: string): LocalTime {
  const format = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  });
  // The same numbers, as if the clocks were those of UTC.
  const clockOf = (moment: Date): Date => {
    const numbers: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
    for (const { type, value } of format.formatToParts(moment)) numbers[type] = Number(value);
    const { year = 0, month = 1, day, hour, minute, second } = numbers;
    return new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  };
  const dayOf = (clock: Date): string =>
    [fourDigits(clock.getUTCFullYear()), twoDigits(clock.getUTCMonth() + 1), twoDigits(clock.getUTCDate())].join('-');
  return {
    periodsOf: (moment) => {
      const clock = clockOf(moment);
      const daily = dayOf(clock);
      // An hour that comes twice, when clocks are put back, is two.
      const offset = offsetText(clock.getTime() - Math.floor(moment.getTime() / 1000) * 1000);
      return {
        hourly: `${daily} ${twoDigits(clock.getUTCHours())}h${offset}`,
        daily,
        weekly: isoWeek(clock),
        monthly: daily.slice(0, -3),
        yearly: daily.slice(0, -6),
      };
    },
    textOf: (moment) => {
      const clock = clockOf(moment);
      return `${dayOf(clock)} ${twoDigits(clock.getUTCHours())}:${twoDigits(clock.getUTCMinutes())}`;
    },
  };
}
