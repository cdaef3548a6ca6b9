import { rule, type ExitErrorRule } from '@quiesce/command';
import { InvalidNameError } from '../errors/name-errors.js';

/** Failures over names that zfs does not take: its words are those of zfs_validate_name. */
export const nameRules: readonly ExitErrorRule[] = [
  rule(
    InvalidNameError,
    /^cannot [^'\n]*'(?<dataset>[^'\n]*)': (?:name is (?:too long|reserved)$|(?:leading|trailing) slash in name$|empty component |invalid character |multiple '@'|pool doesn't begin |(?:self|parent) reference, |(?:snapshot|bookmark) delimiter |missing '[@#]' delimiter )/m,
    ['dataset'],
  ),
];
