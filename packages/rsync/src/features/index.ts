export { parseRsyncVersion, rsyncVersionCommand, type RsyncVersion, type RsyncVersionOptions } from './version.js';
export type { FeaturesMethods } from './features-methods.js';
export { optionsSince } from './since.js';
