export * from './access-errors.js';
export * from './dataset-errors.js';
export * from './key-errors.js';
export * from './mount-errors.js';
export * from './pool-errors.js';
export * from './property-errors.js';
export * from './snapshot-errors.js';
export * from './zfs-error.js';
