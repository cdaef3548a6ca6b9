import { rule, type ExitErrorRule } from '@quiesce/command';
import { IdentityNotFoundError, InvalidPermissionError } from '../errors/permission-errors.js';

/** Failures of allowing others than root something. */
export const permissionRules: readonly ExitErrorRule[] = [
  rule(IdentityNotFoundError, /^zfs: error: invalid (?:user|group|user\/group) (?<identity>[^\n]+)$/m, ['identity']),
  rule(
    InvalidPermissionError,
    /^cannot set permissions on '(?<dataset>[^'\n]+)': operation not applicable to datasets of this type$/m,
    ['dataset'],
  ),
];
