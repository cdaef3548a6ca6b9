import type { BackupReport } from '../../lvm-to-zfs-backup/report/report.js';
import { counted, formatBytes, formatDuration } from '../format.js';
import { copiesOf, remediesOf } from '../parts.js';
import { doubtfulGuests, safeLines } from '../safe-lines.js';
import type { Panel } from '../timeline/panel.js';
import { htmlTable, markup, type Markup } from './parts.js';

const nothing: Markup = markup``;

function longestPause(report: BackupReport): string {
  if (doubtfulGuests(report).length > 0) return 'not seen to end';
  const pauses = report.domains.flatMap(({ pausedMs }) => pausedMs ?? []);
  return pauses.length === 0 ? 'none' : formatDuration(Math.max(...pauses));
}

/** The numbers that are looked at first. */
export function numbers(report: BackupReport): Markup {
  const { durationMs, problems, volumes } = report;
  const fills = volumes.flatMap(({ snapshotUsedPercent }) => snapshotUsedPercent ?? []);
  const stats = copiesOf(report).flatMap(({ copy }) => copy?.stats ?? []);
  const sum = (of: (one: (typeof stats)[number]) => number): string =>
    stats.length === 0 ? 'not known' : formatBytes(stats.reduce((total, one) => total + of(one), 0));
  const facts: (readonly [string, string])[] = [
    ['Took', formatDuration(durationMs)],
    ['Longest pause of a guest', longestPause(report)],
    ['Size of all that is copied', sum(({ totalFileSizeBytes }) => totalFileSizeBytes)],
    ['Written', sum(({ literalBytes }) => literalBytes)],
    ['Fullest LVM snapshot', fills.length === 0 ? 'not known' : `${Math.max(...fills).toFixed(1)} %`],
    ['Problems', problems.length === 0 ? 'none' : String(problems.length)],
  ];
  return markup`<dl>
    ${facts.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
  </dl>`;
}

/** What can be relied on. */
export function safety(report: BackupReport): Markup {
  return markup`<h2>What is safe</h2>
    <ul>
      ${safeLines(report).map((line) => markup`<li>${line}</li>`)}
    </ul>`;
}

/** What went wrong, with the numbers that the timeline has. */
export function problems(report: BackupReport): Markup {
  if (report.problems.length === 0) return nothing;
  const items = report.problems.map(({ error, fatal, message, step, subject }) => {
    const word = markup`<span class="word">${fatal ? '✗ failed' : '! warning'}</span>`;
    const text = markup`${step} ${subject}: ${message} (${error})`;
    return fatal ? markup`<li class="fatal">${word}: ${text}</li>` : markup`<li class="mild">${word}: ${text}</li>`;
  });
  return markup`<h2>${counted(items.length, 'problem')}</h2>
    <ol>
      ${items}
    </ol>`;
}

/** What is left, and what to type. */
export function leftovers(report: BackupReport): Markup {
  const left = remediesOf(report);
  if (left.length === 0) return nothing;
  return markup`<h2>Left over: what to type</h2>
    ${left.map(({ kind, name, remedy }) => markup`<div>${kind} ${name}</div><pre><code>${remedy}</code></pre>`)}`;
}

/** What the timeline shows, as a table. */
export function timelineTable(panels: readonly Panel[]): Markup {
  const columns = [
    { heading: 'Of' },
    { heading: 'What' },
    { heading: 'Began after', isNumber: true },
    { heading: 'Took', isNumber: true },
    { heading: 'Ended' },
  ];
  return markup`${panels.map(({ name, rows, zeroMs }) => {
    const cells = rows.flatMap((row) =>
      row.lanes.flatMap(({ bars, text }) =>
        bars.map(({ failed, fromMs, kind, toMs, what }) => [
          row.name,
          kind === 'problem' || what === 'paused' || what === 'snapshot' ? text : what,
          formatDuration(fromMs - zeroMs),
          kind === 'problem' ? '' : formatDuration(toMs - fromMs),
          kind === 'problem' ? '' : failed ? '✗ failed' : 'well',
        ]),
      ),
    );
    return markup`<h3>${name}</h3>
      ${htmlTable(name, columns, cells)}`;
  })}`;
}
