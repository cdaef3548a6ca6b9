export { createLvm, type Lvm, type LvmOptions } from './create-lvm.js';
export { lvmErrors } from './error-rules.js';
export * from './errors.js';
export {
  parseLogicalVolumeAttributes,
  type LogicalVolumeAttributes,
  type LogicalVolumeHealth,
  type LogicalVolumeKind,
  type LogicalVolumePermissions,
  type LogicalVolumeState,
} from './logical-volume-attributes.js';
export { type LogicalVolume } from './logical-volume.js';
export { lvchangeCommand, type LvchangeOptions } from './lvchange.js';
export { lvconvertCommand, type LvconvertOptions } from './lvconvert.js';
export {
  lvcreateCommand,
  type LinearVolumeOptions,
  type LvcreateOptions,
  type NewVolumeOptions,
  type SnapshotVolumeOptions,
} from './lvcreate.js';
export { type LvmCallOptions } from './lvm-command.js';
export { lvremoveCommand, type LvremoveOptions } from './lvremove.js';
export { lvsCommand, parseLvs, type LvsOptions } from './lvs.js';
export { mapperPath, parseVolumePath, type VolumePath } from './names.js';
export { type ReportSelection, type Selection } from './selection.js';
export { parseVgs, vgsCommand, type VgsOptions, type VolumeGroup } from './vgs.js';
export {
  parseVolumeGroupAttributes,
  type AllocationPolicy,
  type VolumeGroupAttributes,
} from './volume-group-attributes.js';
