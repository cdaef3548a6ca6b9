import { describe, expect, it } from 'vitest';
import type { BackupReport } from '../../lvm-to-zfs-backup/report/report.js';
import { failedRun, goodRun, hostileRun } from '../testing/reports.js';
import { panelsOf, reportTimelineSvg } from './report-timeline-svg.js';

const rowsOf = (report: BackupReport, panel: number): string[] =>
  (panelsOf(report)[panel]?.rows ?? []).flatMap(({ lanes, name }) => [name, ...lanes.map(({ text }) => `  ${text}`)]);

describe('the timeline', () => {
  it('has the whole run, and the pause enlarged', () => {
    expect(rowsOf(goodRun, 0)).toEqual([
      ...['Before the pause', '  look at the host, make ready'],
      ...['Server-Tim', '  paused for 1.4 s, then seen running', 'MySQL', '  paused for 1.4 s, then seen running'],
      ...['archives/backups@daily.1795693518', '  ZFS snapshot: 3.1 s'],
      ...['/dev/SSD/images: whole', '  snapshot for 20.1 s, 0.8 % full', '  check, mount, unmount, remove: 3.9 s'],
      ...['  copy 8.5 s: 64.0 MiB of 64.0 MiB new, 7.6 MiB/s', '  checksums: 5.4 s', '  compared: 2.4 s, equal'],
      ...['/dev/raid5/VM.images: whole', '  snapshot for 20.1 s, 0.8 % full', '  check, mount, unmount, remove: 4.2 s'],
      ...['  copy 8.4 s: 64.0 MiB of 64.0 MiB new, 7.6 MiB/s', '  checksums: 5.7 s', '  compared: 2.4 s, equal'],
      ...['/etc of the host', '  copy 8.0 s: 1.3 MiB of 1.3 MiB new, 160.9 KiB/s'],
    ]);
    expect(rowsOf(goodRun, 1)).toEqual([
      ...['All guests', '  told to write out their buffers', '  paused, resumed'],
      ...['Server-Tim', '  paused for 1.4 s, then seen running', 'MySQL', '  paused for 1.4 s, then seen running'],
      ...['/dev/SSD/images', '  snapshot made', '/dev/raid5/VM.images', '  snapshot made'],
    ]);
    const [, pause] = panelsOf(goodRun);
    expect([pause?.fromMs, pause?.zeroMs, pause?.toMs]).toEqual([10_023, 11_573, 13_051]);
  });

  it('says in words what failed', () => {
    const rows = rowsOf(failedRun, 0).join('\n');
    expect(rows).toContain('/dev/SSD/images: failed, not whole');
    expect(rows).toContain('✗ compared: 1.0 s, 4 differ');
    expect(rows).toContain('Problems\n  ✗ 1: verify /dev/SSD/images\n  ✗ 2: copy /dev/SSD/images');
  });

  it('shows a guest that was not seen running as paused to the end', () => {
    const domains = goodRun.domains.map((domain) => ({
      ...{ ...domain, resumedAt: undefined, pausedMs: undefined, runningAfter: false },
    }));
    const [whole, pause] = panelsOf({ ...goodRun, domains });
    const bars = whole?.rows[1]?.lanes.flatMap((lane) => lane.bars);
    expect(bars).toMatchObject([{ kind: 'pause', toMs: goodRun.durationMs, failed: true }]);
    expect(pause?.toMs).toBeLessThan(14_000);
  });

  it('has no second panel where nobody was paused, and copes with a run that did nothing', () => {
    const domains = goodRun.domains.map((one) => ({ ...one, suspendedAt: undefined, suspended: false }));
    expect(panelsOf({ ...goodRun, domains })).toHaveLength(1);
    const nothing = { ...goodRun, domains: [], volumes: [], hostRoot: [], steps: [], durationMs: 0 };
    expect(reportTimelineSvg(nothing)).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('draws each bar where it belongs', () => {
    const svg = reportTimelineSvg(goodRun);
    // The copy of /dev/SSD/images: from 17,531 ms for 8467 ms, of 32,741 ms.
    expect(svg).toContain('<rect class="quiesce-copy" x="53.544%"');
    expect(svg).toContain('width="25.861%"');
    expect(svg).toContain('<title>copy: at 17.5 s, for 8.5 s</title>');
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('names no more than twelve problems', () => {
    const [problem] = failedRun.problems;
    if (problem === undefined) throw new Error('no problem');
    const text = rowsOf({ ...failedRun, problems: Array.from({ length: 20 }, () => problem) }, 0).join('\n');
    expect(text).toContain('12: ');
    expect(text).toMatch(/and 8 more$/);
  });

  it('holds no markup but its own', () => {
    const svg = reportTimelineSvg(hostileRun);
    expect(
      svg.replaceAll(/<\/?(?:svg|title|style|g|text|rect|line|circle)(?: [a-z0-9-]+="[^"<>]*")*\/?>/g, ''),
    ).not.toMatch(/[<>]/);
    expect(svg).not.toMatch(/ on\w+=|href|url\(/);
  });
});
