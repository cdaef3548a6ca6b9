export { lvchangeCommand, type LvchangeOptions } from './lvchange.js';
export { lvconvertCommand, type LvconvertOptions } from './lvconvert.js';
export {
  lvcreateCommand,
  type LvcreateLinearOptions,
  type LvcreateOptions,
  type LvcreateNewOptions,
  type LvcreateSnapshotOptions,
} from './lvcreate.js';
export { lvremoveCommand, type LvremoveOptions } from './lvremove.js';
export type { LogicalVolumeMethods } from './logical-volume-methods.js';
