export { bootTest, type BootTest } from './boot-test/boot-test.js';
export { BootTestFailedError } from './boot-test/boot-test-failed-error.js';
export { type BootSign, type BootTestOptions } from './boot-test/options.js';
export { type BootPlan } from './boot-test/plan.js';
export {
  type BootEvent,
  type BootImage,
  type BootLeftover,
  type BootReport,
  type BootStep,
} from './boot-test/report.js';
export { HostBusyError } from './host-busy-error.js';
export { type LockHolder } from './host/lock.js';
export { listBackups, type ListBackups, type ListPlan } from './list-backups/list-backups.js';
export { type ListBackupsOptions } from './list-backups/options.js';
export {
  type BackupList,
  type ListedBackup,
  type ListedGuest,
  type ListedImage,
  type ListEvent,
} from './list-backups/report.js';
export { verifyBackup, type VerifyBackup, type VerifyPlan } from './verify-backup/verify-backup.js';
export { type VerifyBackupOptions } from './verify-backup/options.js';
export { VerifyFailedError } from './verify-backup/verify-failed-error.js';
export {
  type PoolHealth,
  type VerifiedBackup,
  type VerifiedFolder,
  type VerifyEvent,
  type VerifyProgressEvent,
  type VerifyReport,
  type VerifyStep,
} from './verify-backup/report.js';
export { RecipeFailedError } from './recipe-failed-error.js';
export { type RecipeReport } from './recipe-report.js';
export { type BackupState } from './target/states.js';
export { type FolderState, type HeldRun } from './target/target-state.js';
export { type GuestImage, type GuestRecord } from './target/guests.js';
export { type VerifiedState } from './target/verified.js';
export { type Checksums } from './target/manifest.js';
export { type RunLimits } from './limits.js';
export { type Verification, type VerificationResult } from './lvm-to-zfs-backup/copy/verify.js';
export { BackupFailedError } from './lvm-to-zfs-backup/report/backup-failed-error.js';
export { type BackupEvent, type ProgressEvent } from './lvm-to-zfs-backup/report/events.js';
export { lvmToZfsBackup, type LvmToZfsBackup } from './lvm-to-zfs-backup/lvm-to-zfs-backup.js';
export {
  type CopyOptions,
  type HostRootOptions,
  type LvmToZfsBackupOptions,
} from './lvm-to-zfs-backup/options/options.js';
export {
  type BackupPlan,
  type PlannedCopy,
  type PlannedPause,
  type PlannedVolume,
} from './lvm-to-zfs-backup/plan/backup-plan.js';
export {
  type BackupReport,
  type BackupStep,
  type CopyReport,
  type DomainReport,
  type Leftover,
  type Outcome,
  type VerificationReport,
  type VolumeReport,
} from './lvm-to-zfs-backup/report/report.js';
export { PreflightError, type PreflightProblem } from './preflight-error.js';
export { type Problem, type ProblemEvent, type StepEvent, type StepReport } from './steps.js';
export { type Recipe, type RunRecipeOptions } from './recipe.js';
export { reconcile, type Reconcile } from './reconcile/reconcile.js';
export { type Finding, type FindingKind } from './reconcile/finding.js';
export { type ReconcileOptions } from './reconcile/options.js';
export { type ReconcilePlan } from './reconcile/plan.js';
export { ReconcileFailedError } from './reconcile/reconcile-failed-error.js';
export {
  type LeftThing,
  type ReconcileEvent,
  type ReconcileReport,
  type ReconcileStep,
  type UndoneThing,
} from './reconcile/report.js';
export { type UnseenPart } from './reconcile/survey/unseen.js';
