export { parseVgck, vgckCommand, type VgckOptions, type VgckResult } from './vgck.js';
export type { VolumeGroupMethods } from './volume-group-methods.js';
