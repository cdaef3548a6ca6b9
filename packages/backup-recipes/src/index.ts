export {
  createBackupTarget,
  type CreateBackupTarget,
  type CreateTargetPlan,
} from './create-target/create-backup-target.js';
export { CreateTargetFailedError } from './create-target/create-target-failed-error.js';
export { type CreateBackupTargetOptions } from './create-target/options.js';
export {
  type CreateTargetEvent,
  type CreateTargetReport,
  type CreateTargetStep,
  type TargetDifference,
} from './create-target/report.js';
export { bootTest, type BootTest } from './boot-test/boot-test.js';
export { BootTestFailedError } from './boot-test/boot-test-failed-error.js';
export { type BootSign, type BootTestOptions, type PortSign } from './boot-test/options.js';
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
export { backupsToText, type BackupsToTextOptions } from './list-backups/backups-to-text.js';
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
export { pruneSnapshots, type PruneSnapshots } from './prune-snapshots/prune-snapshots.js';
export { type KeepRules } from './prune-snapshots/keep.js';
export { type PruneSnapshotsOptions } from './prune-snapshots/options.js';
export { type PrunePlan } from './prune-snapshots/plan.js';
export { type KeptSnapshot, type PolicyWarning } from './prune-snapshots/policy.js';
export { PruneFailedError } from './prune-snapshots/prune-failed-error.js';
export { pruneToText } from './prune-snapshots/prune-to-text.js';
export { type PrunedSnapshot, type PruneEvent, type PruneReport, type PruneStep } from './prune-snapshots/report.js';
export {
  restoreImages,
  type PlannedFile,
  type RestoreImages,
  type RestorePlan,
} from './restore-images/restore-images.js';
export { type RestoreImagesOptions, type WhatToRestore, type WhereToRestore } from './restore-images/options.js';
export { RestoreFailedError } from './restore-images/restore-failed-error.js';
export {
  type RestoredFile,
  type RestoreEvent,
  type RestoreLeftover,
  type RestoreProgressEvent,
  type RestoreReport,
  type RestoreStep,
  type RestoreWarning,
} from './restore-images/report.js';
export { type ReplicaPlace, type ReplicateOptions } from './replicate/options.js';
export { type Transfer } from './replicate/plan-transfers.js';
export { type PlannedTransfer, type ReplicatePlan } from './replicate/plan.js';
export { replicate, type Replicate } from './replicate/replicate.js';
export { ReplicateFailedError } from './replicate/replicate-failed-error.js';
export {
  type LeftHold,
  type ReplicaSnapshot,
  type ReplicateEvent,
  type ReplicateProgressEvent,
  type ReplicateReport,
  type ReplicateStep,
} from './replicate/report.js';
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
export { HookFailedError } from './lvm-to-zfs-backup/hooks/hook-failed-error.js';
export { type BackupHooks, type Hook, type HookContext, type HookPhase } from './lvm-to-zfs-backup/hooks/hooks.js';
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
export { formatBytes, formatDuration } from './report-formats/format.js';
export { reportToText, type ReportToTextOptions } from './report-formats/report-to-text.js';
export { failureNotice, type FailureNoticeOptions } from './report-formats/failure-notice.js';
export { parseReport } from './report-formats/parse-report.js';
export { reportTimelineSvg } from './report-formats/timeline/report-timeline-svg.js';
export { reportToHtml } from './report-formats/html/report-to-html.js';
export {
  reportToPrometheus,
  type MeasuredReport,
  type ReportToPrometheusOptions,
} from './report-formats/prometheus/prometheus.js';
export { writePrometheus, type WritePrometheusOptions } from './report-formats/prometheus/write-prometheus.js';
export {
  leastRights,
  type LeastRights,
  type LeastRightsOptions,
  type PlanWithRights,
} from './least-rights/least-rights.js';
export { receiveRights, type ReceiveRights, type ReceiveRightsOptions } from './least-rights/receive-rights.js';
export { exitCodeOf } from './exit-code.js';
