import type { BackupReport } from '../../lvm-to-zfs-backup/report/report.js';
import { escapeMarkup } from '../escape.js';
import { formatDuration } from '../format.js';
import { headlineOf } from '../parts.js';
import type { Bar, Lane, Panel, Row } from './panel.js';
import { timelineStyle } from './style.js';
import { thePause } from './the-pause.js';
import { ticks } from './ticks.js';
import { wholeRun } from './whole-run.js';

// Down the page everything is in pixels; across it in percent, so that it is as wide as its place
// and its letters stay as large as they are.
const sizes = {
  heading: 28,
  axis: 18,
  name: 20,
  text: 17,
  bar: 10,
  gap: 8,
  betweenRows: 6,
  betweenPanels: 26,
} as const;
const longestText = 56;
const longestName = 44;

/** A text whose middle is left out where it has no place. */
function shortened(text: string, most: number): string {
  const characters = Array.from(text);
  if (characters.length <= most) return text;
  const half = Math.floor((most - 1) / 2);
  return `${characters.slice(0, half).join('')}…${characters.slice(-half).join('')}`;
}

interface Drawn {
  readonly markup: string;
  readonly height: number;
}

function percentOf({ fromMs, toMs }: Panel, atMs: number): number {
  return Math.min(100, Math.max(0, ((atMs - fromMs) / (toMs - fromMs)) * 100));
}

const percent = (value: number): string => `${String(Number(value.toFixed(3)))}%`;

function titleOf({ failed, fromMs, toMs, what }: Bar, { zeroMs }: Panel): string {
  const time = toMs > fromMs ? `, for ${formatDuration(toMs - fromMs)}` : '';
  return `${what}${failed ? ', failed' : ''}: at ${formatDuration(fromMs - zeroMs)}${time}`;
}

function drawBar(panel: Panel, bar: Bar, top: number): string {
  const from = percentOf(panel, bar.fromMs);
  const width = percentOf(panel, bar.toMs) - from;
  const style = `quiesce-${bar.kind}${bar.failed ? ' quiesce-failed' : ''}`;
  const title = `<title>${escapeMarkup(titleOf(bar, panel))}</title>`;
  if (bar.kind === 'problem') {
    const mark = `<circle class="${style}" cx="${percent(from)}" cy="${String(top + sizes.bar / 2)}" r="5"/>`;
    return `<g>${title}${mark}</g>`;
  }
  const rect = (name: string, y: number, height: number): string =>
    `<rect class="${name}" x="${percent(from)}" y="${String(y)}" width="${percent(width)}" height="${String(height)}"/>`;
  const filled = Number(((Math.min(100, bar.fillPercent ?? 0) / 100) * sizes.bar).toFixed(2));
  const fill = filled === 0 ? '' : rect('quiesce-fill', Number((top + sizes.bar - filled).toFixed(2)), filled);
  // What is too short to be seen is seen.
  const least = `<rect class="quiesce-${bar.kind}" x="${percent(from)}" y="${String(top)}" width="2" height="${String(sizes.bar)}"/>`;
  return `<g>${title}${least}${rect(style, top, sizes.bar)}${fill}</g>`;
}

function drawLane(panel: Panel, { bars, text }: Lane, top: number): Drawn {
  const words = `<text x="0" y="${String(top + 11)}">${escapeMarkup(shortened(text, longestText))}</text>`;
  if (bars.length === 0) return { markup: words, height: sizes.text + sizes.gap };
  const y = top + sizes.text;
  const track = `<rect class="quiesce-track" x="0" y="${String(y)}" width="100%" height="${String(sizes.bar)}"/>`;
  const markup = `${words}${track}${bars.map((bar) => drawBar(panel, bar, y)).join('')}`;
  return { markup, height: sizes.text + sizes.bar + sizes.gap };
}

/** Draws one below the other. */
function stack<Item>(items: readonly Item[], top: number, draw: (item: Item, top: number) => Drawn): Drawn {
  let height = 0;
  const markup = items.map((item) => {
    const drawn = draw(item, top + height);
    height += drawn.height;
    return drawn.markup;
  });
  return { markup: markup.join('\n'), height };
}

function drawRow(panel: Panel, { lanes, name }: Row, top: number): Drawn {
  const title = `<title>${escapeMarkup(name)}</title>`;
  const text = `<text class="quiesce-name" x="0" y="${String(top + 14)}">${escapeMarkup(shortened(name, longestName))}</text>`;
  const below = stack(lanes, top + sizes.name, (lane, at) => drawLane(panel, lane, at));
  const markup = `<g>${title}${text}\n${below.markup}</g>`;
  return { markup, height: sizes.name + below.height + sizes.betweenRows };
}

function drawAxis(panel: Panel, top: number, height: number): string {
  const { fromMs, toMs, zeroMs } = panel;
  return ticks(fromMs - zeroMs, toMs - zeroMs)
    .map(({ atMs, label }) => {
      const at = percentOf(panel, atMs + zeroMs);
      const anchor = at < 4 ? 'start' : at > 92 ? 'end' : 'middle';
      const y2 = String(top + sizes.axis + height);
      // At the very left it would go through the words.
      const line =
        at < 0.5
          ? ''
          : `<line x1="${percent(at)}" x2="${percent(at)}" y1="${String(top + sizes.axis - 4)}" y2="${y2}"/>`;
      const text = `<text class="quiesce-tick" x="${percent(at)}" y="${String(top + 11)}" text-anchor="${anchor}">${label}</text>`;
      return `${line}${text}`;
    })
    .join('\n');
}

function drawPanel(panel: Panel, top: number): Drawn {
  const heading = `<text class="quiesce-heading" x="0" y="${String(top + 16)}">${escapeMarkup(panel.name)}</text>`;
  const rows = stack(panel.rows, top + sizes.heading + sizes.axis, (row, at) => drawRow(panel, row, at));
  const axis = drawAxis(panel, top + sizes.heading, rows.height);
  const height = sizes.heading + sizes.axis + rows.height + sizes.betweenPanels;
  return { markup: `<g>${heading}\n${axis}\n${rows.markup}</g>`, height };
}

/** The panels of a report's timeline. */
export function panelsOf(report: BackupReport): Panel[] {
  const pause = thePause(report);
  return pause === undefined ? [wholeRun(report)] : [wholeRun(report), pause];
}

/**
 * The timeline of a backup as an SVG element: guests, volumes, copies and problems, and the pause
 * once more, enlarged. It is as wide as its place, brings its style, and is light or dark as the
 * reader likes it (`prefers-color-scheme`). Nothing in it is loaded from elsewhere, there is no
 * script in it, and names are escaped. One of a kind in a page: its title has an `id`.
 *
 * @example
 * ```ts
 * import { readFile, writeFile } from 'node:fs/promises';
 *
 * const report = parseReport(await readFile('report.json', 'utf8'));
 * await writeFile('timeline.svg', reportTimelineSvg(report));
 * ```
 */
export function reportTimelineSvg(report: BackupReport): string {
  const { markup, height } = stack(panelsOf(report), 0, drawPanel);
  const title = `Timeline of run ${report.runId}: ${headlineOf(report).text}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="quiesce-timeline" role="img" aria-labelledby="quiesce-timeline-title" width="100%" height="${String(height)}">`,
    `<title id="quiesce-timeline-title">${escapeMarkup(title)}</title>`,
    `<style>${timelineStyle}</style>`,
    markup,
    '</svg>\n',
  ].join('\n');
}
