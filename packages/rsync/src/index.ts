export { createRsync, type Rsync, type RsyncClientOptions } from './create-rsync.js';
export { rsyncErrors } from './error-rules.js';
export * from './errors.js';
export * from './features/index.js';
export * from './list/index.js';
export * from './options/index.js';
export * from './output/index.js';
export * from './sync/index.js';
