export type { MountMethods } from './mount-methods.js';
export {
  zfsMountCommand,
  type ZfsMountAllOptions,
  type ZfsMountFlags,
  type ZfsMountOneOptions,
  type ZfsMountOptions,
} from './mount.js';
export {
  zfsUnmountCommand,
  type ZfsUnmountAllOptions,
  type ZfsUnmountFlags,
  type ZfsUnmountOneOptions,
  type ZfsUnmountOptions,
} from './unmount.js';
