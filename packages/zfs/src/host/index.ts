export type { ZfsHostMethods } from './host-methods.js';
export { parseZfsVersion, zfsVersionCommand, type ZfsVersion, type ZfsVersionOptions } from './version.js';
