export type { MountMethods } from './mount-methods.js';
export {
  zfsMountCommand,
  type ZfsMountAllOptions,
  type ZfsMountFlags,
  type ZfsMountOneOptions,
  type ZfsMountOptions,
} from './mount.js';
export {
  zfsShareCommand,
  type ShareProtocol,
  type ZfsShareAllOptions,
  type ZfsSharedByOptions,
  type ZfsShareFlags,
  type ZfsShareOneOptions,
  type ZfsShareOptions,
} from './share.js';
export {
  zfsUnmountCommand,
  type ZfsUnmountAllOptions,
  type ZfsUnmountFlags,
  type ZfsUnmountOneOptions,
  type ZfsUnmountOptions,
} from './unmount.js';
export {
  zfsUnshareCommand,
  type ZfsUnshareAllOptions,
  type ZfsUnshareOneOptions,
  type ZfsUnshareOptions,
} from './unshare.js';
