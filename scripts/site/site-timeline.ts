import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseReport, reportTimelineSvg, reportToText, type BackupReport } from '@quiesce/backup-recipes';
import { root } from './site-links.js';

const fixture = 'packages/backup-recipes/src/report-formats/__fixtures__/good-run.json';
const darkBySystem = /@media \(prefers-color-scheme: dark\) \{\s*(?<rule>\.quiesce-timeline \{[^}]*\})\s*\}/;

/** Lets the site's switch decide whether a timeline is light or dark, and not the system. */
export function bySwitch(svg: string): string {
  if (!darkBySystem.test(svg)) throw new Error('the timeline has no rule for the dark that is known here');
  return svg.replace(darkBySystem, '.dark $<rule>');
}

/** The report of a real run, which the site shows. */
const siteReport = (): BackupReport => parseReport(readFileSync(path.join(root, fixture), 'utf8'));

/** The timeline of that run, as the site shows it. */
export function siteTimeline(): string {
  return bySwitch(reportTimelineSvg(siteReport()));
}

/** The report of that run as text. */
export function siteReportText(): string {
  return reportToText(siteReport());
}
