export { type RsyncOptions } from './sync-options.js';
