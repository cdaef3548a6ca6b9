export { createLvm, type Lvm, type LvmClientOptions } from './create-lvm.js';
export { lvmErrors } from './error-rules.js';
export * from './errors.js';
export * from './logical-volume/index.js';
export { type LvmCallOptions } from './lvm-command.js';
export { mapperPath, parseVolumePath, type VolumePath } from './names.js';
export * from './report/index.js';
export * from './volume-group/index.js';
