export { BackupFailedError } from './lvm-to-zfs-backup/backup-failed-error.js';
export { type BackupEvent, type ProblemEvent, type ProgressEvent, type StepEvent } from './lvm-to-zfs-backup/events.js';
export { lvmToZfsBackup, type LvmToZfsBackup } from './lvm-to-zfs-backup/lvm-to-zfs-backup.js';
export { type CopyOptions, type HostRootOptions, type LvmToZfsBackupOptions } from './lvm-to-zfs-backup/options.js';
export {
  type BackupPlan,
  type PlannedDomain,
  type PlannedPause,
  type PlannedVolume,
} from './lvm-to-zfs-backup/plan.js';
export {
  type BackupReport,
  type BackupStep,
  type CopyReport,
  type DomainReport,
  type Leftover,
  type Outcome,
  type Problem,
  type VolumeReport,
} from './lvm-to-zfs-backup/report.js';
export { PreflightError, type PreflightProblem } from './preflight-error.js';
export { type Recipe, type RunRecipeOptions } from './recipe.js';
