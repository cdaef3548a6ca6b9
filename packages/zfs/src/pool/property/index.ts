export type { PoolPropertyMethods } from './property-methods.js';
export {
  parseZpoolGet,
  zpoolGetCommand,
  zpoolGetNamesCommand,
  type PoolProperty,
  type PropertiesByPool,
  type ZpoolGetOptions,
} from './zpool-get.js';
export { zpoolSetCommand, type ZpoolSetOptions } from './zpool-set.js';
