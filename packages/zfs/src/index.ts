export { createZfs, type Zfs, type ZfsClientOptions } from './create-zfs.js';
export * from './dataset/index.js';
export { zfsErrors } from './error-rules.js';
export * from './errors/index.js';
export * from './key/index.js';
export * from './mount/index.js';
export * from './permission/index.js';
export * from './pool/index.js';
export * from './snapshot/index.js';
