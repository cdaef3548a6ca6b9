import { parseInteger } from '@quiesce/command';
import type { PoolScan } from './pool-status.js';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const time = String.raw`\w{3} (?<month>\w{3}) (?<day>[ \d]\d) (?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d) (?<year>\d{4})`;

/** `Thu Nov 26 07:27:30 2026`, in UTC. Undefined for anything else. */
function parseWallTime(text: string | undefined): Date | undefined {
  const { day, hour, minute, month = '', second, year } = new RegExp(`^${time}$`).exec(text ?? '')?.groups ?? {};
  const index = months.indexOf(month);
  if (year === undefined || index < 0) return undefined;
  return new Date(Date.UTC(Number(year), index, Number(day), Number(hour), Number(minute), Number(second)));
}

const powers = ['B', 'K', 'M', 'G', 'T', 'P', 'E'];

/** `12.9M`, or with `-p` of a release that prints them `13526630`: bytes. */
function parseNiceBytes(text: string | undefined): number | undefined {
  const { number, unit = 'B' } = /^(?<number>\d+(?:\.\d+)?)(?<unit>[BKMGTPE])?$/.exec(text ?? '')?.groups ?? {};
  return number === undefined ? undefined : Math.round(Number(number) * 1024 ** powers.indexOf(unit));
}

const finished =
  /^(?<what>scrub repaired|resilvered) (?<bytes>\S+) in .* with (?<errors>\d+) errors on (?<end>.{24})$/m;
const canceled = /^(?<what>scrub|resilver) canceled on (?<end>.{24})$/m;
const running = /^(?<what>scrub|resilver) in progress since (?<start>.{24})$/m;
const paused = /^scrub paused since (?<pause>.{24})\n\s*scrub started on (?<start>.{24})$/m;
const amounts = /^\s+(?<scanned>\S+) scanned.*, (?<issued>\S+) issued.*, (?<total>\S+) total$/m;
const done = /^\s+(?<bytes>\S+) (?:repaired|resilvered), (?<percent>\d+(?:\.\d+)?)% done/m;

const functionOf = (what: string | undefined): string => (what?.startsWith('resilver') === true ? 'RESILVER' : 'SCRUB');

const unknown = {
  startedAt: undefined,
  endedAt: undefined,
  pausedAt: undefined,
  totalBytes: undefined,
  issuedBytes: undefined,
  repairedBytes: undefined,
  errors: undefined,
  progress: undefined,
} as const;

/** Reads what `zpool status` says of a scan. Undefined where it says what was not seen yet. */
export function parseScanText(text: string): PoolScan | undefined {
  const ended = finished.exec(text)?.groups;
  if (ended !== undefined) {
    return {
      ...unknown,
      function: functionOf(ended['what']),
      state: 'FINISHED',
      endedAt: parseWallTime(ended['end']),
      repairedBytes: parseNiceBytes(ended['bytes']),
      errors: parseInteger('errors', ended['errors'] ?? ''),
      progress: 1,
    };
  }
  const stopped = canceled.exec(text)?.groups;
  if (stopped !== undefined) {
    const endedAt = parseWallTime(stopped['end']);
    return { ...unknown, function: functionOf(stopped['what']), state: 'CANCELED', endedAt };
  }
  const going = paused.exec(text)?.groups ?? running.exec(text)?.groups;
  if (going === undefined) return undefined;
  const { issued, total } = amounts.exec(text)?.groups ?? {};
  const { bytes, percent } = done.exec(text)?.groups ?? {};
  return {
    ...unknown,
    function: functionOf(going['what']),
    state: 'SCANNING',
    startedAt: parseWallTime(going['start']),
    pausedAt: parseWallTime(going['pause']),
    totalBytes: parseNiceBytes(total),
    issuedBytes: parseNiceBytes(issued),
    repairedBytes: parseNiceBytes(bytes),
    progress: percent === undefined ? undefined : Math.min(1, Number(percent) / 100),
  };
}
