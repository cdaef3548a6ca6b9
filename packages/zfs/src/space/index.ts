export { parseZfsGroupspace, zfsGroupspaceCommand, type ZfsGroupspaceOptions } from './groupspace.js';
export { parseZfsProjectspace, zfsProjectspaceCommand, type ZfsProjectspaceOptions } from './projectspace.js';
export type { SpaceMethods } from './space-methods.js';
export type { SpaceOwnerType, SpaceUsage } from './space-usage.js';
export { parseZfsUserspace, zfsUserspaceCommand, type ZfsUserspaceOptions } from './userspace.js';
