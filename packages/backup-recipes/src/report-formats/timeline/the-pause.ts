import type { BackupReport } from '../../lvm-to-zfs-backup/report/report.js';
import { formatDuration } from '../format.js';
import type { Panel, Row } from './panel.js';
import { laneOf, pauseOf, pauseText, stepBars } from './whole-run.js';

/**
 * The pause, enlarged: it takes seconds where the run takes hours. Undefined where no guest was
 * paused.
 */
export function thePause(report: BackupReport): Panel | undefined {
  const guests = report.domains.flatMap((domain) => {
    const bar = pauseOf(report, domain);
    return bar === undefined ? [] : [{ domain, bar }];
  });
  if (guests.length === 0) return undefined;
  const flush = stepBars(report, 'flush', ['flush']);
  const acts = stepBars(report, 'pause', ['suspend', 'resume']);
  const snapshots = stepBars(report, 'snapshot', ['lvm-snapshot']);
  const bars = [...flush, ...acts, ...snapshots];
  const zeroMs = Math.min(...guests.map(({ bar }) => bar.fromMs));
  // One that was not seen running would make it as long as the run.
  const seen = guests.filter(({ bar }) => !bar.failed).map(({ bar }) => bar.toMs);
  const toMs = Math.max(zeroMs + 1, ...seen, ...bars.map((bar) => bar.toMs));
  const fromMs = Math.min(zeroMs, ...bars.map((bar) => bar.fromMs));
  const longest = Math.max(...guests.map(({ domain }) => domain.pausedMs ?? 0));
  const rows: Row[] = [
    {
      name: 'All guests',
      lanes: [...laneOf('told to write out their buffers', flush), ...laneOf('paused, resumed', acts)],
    },
    ...guests.map(({ bar, domain }) => ({
      name: domain.name,
      lanes: [{ text: pauseText(domain), bars: [{ ...bar, toMs: Math.min(bar.toMs, toMs) }] }],
    })),
    ...report.volumes.map(({ volume }) => ({
      name: volume,
      lanes: laneOf('snapshot made', stepBars(report, 'snapshot', ['lvm-snapshot'], volume)),
    })),
  ].filter(({ lanes }) => lanes.length > 0);
  const name = longest === 0 ? 'The pause, enlarged' : `The pause, enlarged: ${formatDuration(longest)} at most`;
  return { name, fromMs, toMs, zeroMs, rows };
}
