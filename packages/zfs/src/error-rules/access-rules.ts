import { rule, ruleWith, type ExitErrorRule } from '@quiesce/command';
import { PermissionDeniedError, ReadOnlyError } from '../errors/access-errors.js';

/** Failures over rights. */
export const accessRules: readonly ExitErrorRule[] = [
  rule(PermissionDeniedError, /: (?:permission denied|insufficient privileges)$|must be run as root/im, []),
  ruleWith(PermissionDeniedError, { stderr: /diff delegated permission is needed/ }, () => ({
    reason: 'permission denied: zfs diff needs the delegated permission diff',
  })),
  rule(ReadOnlyError, /: (?:pool|dataset) is read-only$/m, []),
];
