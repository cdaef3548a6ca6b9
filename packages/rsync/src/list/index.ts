export {
  parseRsyncList,
  parseRsyncListLine,
  rsyncListCommand,
  type ListedFile,
  type RsyncListOptions,
} from './list.js';
export type { ListMethods } from './list-methods.js';
