export { createZfs, type Zfs, type ZfsClientOptions } from './create-zfs.js';
export * from './dataset/index.js';
export { zfsErrors } from './error-rules.js';
export * from './errors/index.js';
export * from './mount/index.js';
export * from './parsed-names.js';
export * from './pool/index.js';
export * from './snapshot/index.js';
export * from './transfer/index.js';
