export { parseVirshVolPath, virshVolPathCommand, type VirshVolPathOptions } from './vol-path.js';
export type { VolMethods } from './vol-methods.js';
