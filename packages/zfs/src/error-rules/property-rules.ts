import { rule, ruleWith, type ExitErrorRule } from '@quiesce/command';
import { InvalidPropertyError } from '../errors/property-errors.js';

/** Failures over properties: the last ones that are looked at. */
export const propertyRules: readonly ExitErrorRule[] = [
  rule(InvalidPropertyError, /^(?<property>\w+) property is read-only$/m, ['property']),
  rule(InvalidPropertyError, /(?:invalid property|property name) '(?<property>[^'\n]+)'/, ['property']),
  rule(InvalidPropertyError, /^cannot [^'\n]*'[^'\n]+': '(?<property>[^'\n]+)' /m, ['property']),
  ruleWith(
    InvalidPropertyError,
    { stderr: /: (?:property value too long|this property can not be modified|size is less than current)/ },
    () => ({ property: undefined }),
  ),
];
