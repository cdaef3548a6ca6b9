export {
  zfsAllowCommand,
  type ZfsAllowCreateTimeOptions,
  type ZfsAllowEveryoneOptions,
  type ZfsAllowGroupsOptions,
  type ZfsAllowOptions,
  type ZfsAllowPermissions,
  type ZfsAllowScope,
  type ZfsAllowSetOptions,
  type ZfsAllowUsersOptions,
} from './allow.js';
export type { PermissionScope } from './grantees.js';
export type { PermissionMethods } from './permission-methods.js';
export {
  parseZfsPermissions,
  zfsPermissionsCommand,
  type DatasetPermissions,
  type Grant,
  type ZfsPermissionsOptions,
} from './permissions.js';
export {
  zfsUnallowCommand,
  type ZfsUnallowCreateTimeOptions,
  type ZfsUnallowEveryoneOptions,
  type ZfsUnallowGroupsOptions,
  type ZfsUnallowOptions,
  type ZfsUnallowPermissions,
  type ZfsUnallowSetOptions,
  type ZfsUnallowUsersOptions,
} from './unallow.js';
