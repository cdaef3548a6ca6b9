export {
  parseLogicalVolumeAttributes,
  type LogicalVolumeAttributes,
  type LogicalVolumeHealth,
  type LogicalVolumeKind,
  type LogicalVolumePermissions,
  type LogicalVolumeState,
} from './logical-volume-attributes.js';
export { type LogicalVolume } from './logical-volume.js';
export { lvsCommand, parseLvs, type LvsOptions } from './lvs.js';
export { type ReportSelection, type Selection } from './selection.js';
export { parseVgs, vgsCommand, type VgsOptions, type VolumeGroup } from './vgs.js';
export {
  parseVolumeGroupAttributes,
  type AllocationPolicy,
  type VolumeGroupAttributes,
} from './volume-group-attributes.js';
export type { ReportMethods } from './report-methods.js';
