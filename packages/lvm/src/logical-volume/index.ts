export { lvchangeCommand, type LvchangeOptions } from './lvchange.js';
export { lvconvertCommand, type LvconvertOptions } from './lvconvert.js';
export {
  lvcreateCommand,
  type LinearVolumeOptions,
  type LvcreateOptions,
  type NewVolumeOptions,
  type SnapshotVolumeOptions,
} from './lvcreate.js';
export { lvremoveCommand, type LvremoveOptions } from './lvremove.js';
export type { LogicalVolumeMethods } from './logical-volume-methods.js';
