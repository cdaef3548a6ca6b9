export type { PoolLifecycleMethods } from './lifecycle-methods.js';
export { zpoolCheckpointCommand, type ZpoolCheckpointOptions } from './zpool-checkpoint.js';
export { zpoolCreateCommand, type ZpoolCreateOptions } from './zpool-create.js';
export { zpoolDestroyCommand, type ZpoolDestroyOptions } from './zpool-destroy.js';
export { zpoolExportCommand, type ZpoolExportOptions } from './zpool-export.js';
export { zpoolImportCommand, type ZpoolImportOptions } from './zpool-import.js';
export {
  zpoolImportableCommand,
  type ZpoolImportableOptions,
  parseZpoolImportable,
  type ImportablePool,
} from './zpool-importable.js';
export { zpoolLabelclearCommand, type ZpoolLabelclearOptions } from './zpool-labelclear.js';
export { zpoolReguidCommand, type ZpoolReguidOptions } from './zpool-reguid.js';
export { zpoolSplitCommand, type ZpoolSplitOptions } from './zpool-split.js';
export { zpoolSyncCommand, type ZpoolSyncOptions } from './zpool-sync.js';
export { zpoolUpgradeCommand, type ZpoolUpgradeOptions } from './zpool-upgrade.js';
