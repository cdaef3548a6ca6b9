import type { Recipe } from '../recipe.js';
import type { BackupEvent } from './report/events.js';
import type { LvmToZfsBackupOptions } from './options/options.js';
import type { BackupPlan } from './plan/backup-plan.js';
import { planBackup } from './plan/plan.js';
import type { BackupReport } from './report/report.js';
import { resolveOptions } from './options/resolve-options.js';
import { runBackup } from './run.js';

/** The backup of running guests from LVM to ZFS. */
export type LvmToZfsBackup = Recipe<BackupPlan, BackupReport, BackupEvent>;

/**
 * Backs up the disk images of running guests from LVM volumes to a ZFS dataset: the guests are
 * flushed and paused, the volumes get LVM snapshots, the guests are resumed, the dataset gets a ZFS
 * snapshot of the earlier run's data, and rsync copies what has changed. Snapshots and mounts of
 * the run are removed and the guests resumed, whatever fails.
 *
 * `run` first undoes what runs that are over have left on the host. It resolves to the report of a
 * run that copied all that it is about; whether every other folder of the target is whole too is
 * its `complete`. It throws {@link HostBusyError} while another run is under way: try again later.
 * {@link PreflightError} where nothing was begun. {@link BackupFailedError}, with the report, for a
 * run that is not a whole backup, also after an abort. `TransportError` and `PrivilegeError` where
 * the host or its root can't be reached.
 *
 * @throws {@link PreflightError} for options that no host could make right.
 *
 * @example
 * ```ts
 * const backup = lvmToZfsBackup({
 *   domains: ['Server-Tim', 'MySQL'],
 *   volumes: ['/dev/SSD/images', '/dev/raid5/VM.images'],
 *   target: 'archives/backups',
 * });
 * console.log((await backup.plan()).toShell());
 * const report = await backup.run({ onEvent: console.log });
 * for (const { message } of report.problems) console.warn(message);
 * ```
 */
export function lvmToZfsBackup(options: LvmToZfsBackupOptions): LvmToZfsBackup {
  const resolved = resolveOptions(options);
  return {
    name: 'lvmToZfsBackup',
    plan: ({ signal } = {}) => planBackup(resolved, signal),
    run: (run = {}) => runBackup(resolved, run),
  };
}
