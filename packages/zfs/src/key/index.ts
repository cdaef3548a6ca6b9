export {
  zfsChangeKeyCommand,
  type KeyChange,
  type ZfsChangeKeyFlags,
  type ZfsChangeKeyOptions,
  type ZfsChangeToGivenKeyOptions,
  type ZfsChangeToInheritedKeyOptions,
  type ZfsChangeToStoredKeyOptions,
} from './change-key.js';
export type { KeyMethods } from './key-methods.js';
export type { KeyFormat, KeyMaterial } from './key-material.js';
export {
  zfsLoadKeyCommand,
  type ZfsLoadAllKeysOptions,
  type ZfsLoadKeyFlags,
  type ZfsLoadKeyOptions,
  type ZfsLoadOneKeyOptions,
} from './load-key.js';
export {
  zfsUnloadKeyCommand,
  type ZfsUnloadAllKeysOptions,
  type ZfsUnloadKeyOptions,
  type ZfsUnloadOneKeyOptions,
} from './unload-key.js';
