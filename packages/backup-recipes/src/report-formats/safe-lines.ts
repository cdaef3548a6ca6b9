import type { BackupReport } from '../lvm-to-zfs-backup/report/report.js';
import { formatDuration } from './format.js';
import { copiesOf, runName } from './parts.js';

/** Guests that were paused and not seen running since. */
export function doubtfulGuests({ domains }: BackupReport): string[] {
  return domains.filter(({ runningAfter }) => runningAfter === false).map(({ name }) => name);
}

function guestLine(report: BackupReport): string {
  const paused = report.domains.filter(({ suspended }) => suspended);
  const doubtful = doubtfulGuests(report);
  if (doubtful.length > 0) return `NOT SEEN RUNNING after the pause: ${doubtful.join(', ')}. Look at that first.`;
  if (paused.length === 0) return 'No guest was paused.';
  const names = paused.map(({ name, pausedMs }) =>
    pausedMs === undefined ? name : `${name} (paused for ${formatDuration(pausedMs)})`,
  );
  return `Every guest that was paused was seen running again: ${names.join(', ')}.`;
}

function targetLine(report: BackupReport): string {
  const { complete, dryRun, target, volumes, zfsSnapshot } = report;
  if (dryRun) return `Nothing was written to ${target}.`;
  if (complete) return `${target} is complete: it can be restored from, with the data of this run.`;
  if (!zfsSnapshot.made && copiesOf(report).every(({ copy }) => copy === undefined))
    return `${target} was not written to.`;
  const whole = volumes.filter((volume) => volume.complete).map(({ volume }) => volume);
  const torn = volumes.filter((volume) => !volume.complete).map(({ volume }) => volume);
  const parts = [
    whole.length === 0 ? '' : ` Whole: ${whole.join(', ')}.`,
    torn.length === 0 ? '' : ` Not known to be whole: ${torn.join(', ')}.`,
  ];
  return `${target} is NOT complete.${parts.join('')}`;
}

function earlierLine({ target, zfsSnapshot }: BackupReport): string {
  const { holdsCompleteRun, holdsRun, made, name } = zfsSnapshot;
  const place = made ? name : target;
  if (holdsRun === undefined) return `${place} holds no earlier run that is known.`;
  return holdsCompleteRun === true
    ? `${place} holds ${runName(holdsRun)}, which was whole: it can be restored from.`
    : `${place} holds ${runName(holdsRun)}, which was NOT whole: look for an older snapshot.`;
}

/** What can be relied on after a backup that did not do all. */
export function safeLines(report: BackupReport): string[] {
  return [guestLine(report), targetLine(report), earlierLine(report)];
}
