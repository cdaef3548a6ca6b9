import { formatBytes, type BackupReport } from '@quiesce/backup-recipes';
import { formatTable } from './format.js';

/** What `zfs list` tells about a snapshot. */
export interface SnapshotSize {
  readonly name: string;
  readonly usedBytes: number;
  readonly referencedBytes: number;
}

/** The snapshots on the target, with what the reports of the runs say that they hold. */
export function snapshotLines(snapshots: readonly SnapshotSize[], reports: readonly BackupReport[]): string[] {
  const rows = snapshots.map(({ name, usedBytes, referencedBytes }) => {
    const made = reports.find(({ zfsSnapshot }) => zfsSnapshot.name === name)?.zfsSnapshot;
    return [name, formatBytes(referencedBytes), formatBytes(usedBytes), made === undefined ? 'not known' : held(made)];
  });
  return formatTable(
    ['left', 'right', 'right', 'left'],
    [['snapshot on the target', 'refers to', 'its own', 'holds'], ...rows],
  );
}

function held({ holdsRun, holdsCompleteRun }: BackupReport['zfsSnapshot']): string {
  if (holdsRun === undefined) return 'the target before any run';
  return `run ${holdsRun}, ${holdsCompleteRun === true ? 'complete' : 'NOT complete'}`;
}
