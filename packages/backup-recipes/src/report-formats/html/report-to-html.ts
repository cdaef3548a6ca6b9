import { createHash } from 'node:crypto';
import type { BackupReport } from '../../lvm-to-zfs-backup/report/report.js';
import { formatDuration, formatMoment } from '../format.js';
import { headlineOf } from '../parts.js';
import { panelsOf, reportTimelineSvg } from '../timeline/report-timeline-svg.js';
import { timelineStyle } from '../timeline/style.js';
import { markup, type Markup } from './parts.js';
import { leftovers, numbers, problems, safety, timelineTable } from './sections.js';
import { pageStyle } from './style.js';

/** Nothing is loaded, nothing runs, and only these two styles count. */
function contentPolicy(): string {
  const hashes = [pageStyle, timelineStyle].map(
    (style) => `'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  );
  return `default-src 'none'; style-src ${hashes.join(' ')}; base-uri 'none'; form-action 'none'`;
}

const signs = { good: '✓', warning: '!', bad: '✗' } as const;

function header(report: BackupReport): Markup {
  const { tone, word, text } = headlineOf(report);
  const { durationMs, runId, startedAt, target } = report;
  return markup`<header class="${tone}">
            <h1><span class="sign">${signs[tone]} ${word}</span>${text}</h1>
            <p>Run ${runId} to ${target}, begun ${formatMoment(startedAt)}, for ${formatDuration(durationMs)}</p>
          </header>`;
}

/**
 * The report of a backup as one page: how it ended, the numbers, what is safe, problems and what to
 * type, the timeline and its data as a table. Nothing in it is loaded from elsewhere and there is
 * no script in it, so it can be mailed or kept; a content security policy in the page holds that.
 * Every name and message is escaped. It is light or dark as the reader likes it.
 *
 * @example
 * ```ts
 * import { readFile, writeFile } from 'node:fs/promises';
 *
 * const report = parseReport(await readFile('report.json', 'utf8'));
 * await writeFile('report.html', reportToHtml(report));
 * ```
 */
export function reportToHtml(report: BackupReport): string {
  const { text, word } = headlineOf(report);
  const timeline: Markup = { markup: reportTimelineSvg(report) };
  const style: Markup = { markup: `<style>${pageStyle}</style>` };
  return markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${contentPolicy()}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${word}: ${text}, ${report.target}, ${formatMoment(report.startedAt)}</title>
        ${style}
      </head>
      <body>
        <main>
          ${header(report)}
          ${numbers(report)}
          ${safety(report)}
          ${problems(report)}
          ${leftovers(report)}
          <h2>Timeline</h2>
          ${timeline}
          <h2>The same as a table</h2>
          ${timelineTable(panelsOf(report))}
        </main>
      </body>
    </html>
`.markup;
}
