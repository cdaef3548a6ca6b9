export type { EncryptionAlgorithm, ZfsCreateEncryptionOptions } from './encryption.js';
export { zfsCreateCommand, type ZfsCreateOptions, type ZfsCreateVolumeOptions } from './create.js';
export {
  parseZfsDestroy,
  zfsDestroyCommand,
  type Destroyed,
  type SnapshotRange,
  type SnapshotsFrom,
  type SnapshotsUpTo,
  type ZfsDestroyBookmarkOptions,
  type ZfsDestroyFlags,
  type ZfsDestroyOneOptions,
  type ZfsDestroyOptions,
  type ZfsDestroySnapshotsOptions,
} from './destroy.js';
export {
  parseZfsGet,
  propertiesByDataset,
  zfsGetCommand,
  zfsGetNamesCommand,
  type PropertiesByDataset,
  type ZfsGetOptions,
} from './get.js';
export type { Property, PropertySource } from './property-reader.js';
export type { DatasetField, DatasetFields, DatasetType, DatasetWith, DefaultDatasetField } from './fields.js';
export type { StreamedDatasetField, ZfsListStreamOptions } from './list-stream.js';
export { parseZfsList, zfsListCommand, zfsListNamesCommand, type Dataset, type ZfsListOptions } from './list.js';
export { zfsCloneCommand, type ZfsCloneOptions } from './clone.js';
export type { ZfsGetStreamOptions } from './get-stream.js';
export type { PropertyValue, ValueOf } from './native-properties.js';
export { zfsInheritCommand, type ZfsInheritOptions } from './inherit.js';
export { zfsPromoteCommand, type ZfsPromoteOptions } from './promote.js';
export { zfsRenameCommand, type ZfsRenameOptions } from './rename.js';
export { zfsRollbackCommand, type ZfsRollbackOptions } from './rollback.js';
export { type DatasetSelection } from './selection.js';
export { zfsSetCommand, type ZfsSetOptions } from './set.js';
export { zfsUpgradeCommand, type ZfsUpgradeAllOptions, type ZfsUpgradeFlags } from './upgrade.js';
export type { ZfsUpgradeOptions, ZfsUpgradeSomeOptions } from './upgrade.js';
export { zfsWaitCommand, type DatasetActivity, type ZfsWaitOptions } from './wait.js';
export type { DatasetMethods } from './dataset-methods.js';
export type { DatasetReadMethods } from './dataset-read-methods.js';
export type { FilesystemMethods } from './filesystem-methods.js';
