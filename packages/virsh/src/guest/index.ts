export { linuxKeys, type LinuxKey } from './linux-keys.js';
export {
  virshSendKeyCommand,
  type Codeset,
  type VirshSendKeyOptions,
  type VirshSendKeyLinuxOptions,
  type VirshSendKeyOtherOptions,
} from './send-key.js';
export type { GuestMethods } from './guest-methods.js';
