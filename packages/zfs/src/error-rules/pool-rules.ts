import { rule, type ExitErrorRule } from '@quiesce/command';
import { PoolNotFoundError, PoolSuspendedError } from '../errors/pool-errors.js';

/** Failures over pools. */
export const poolRules: readonly ExitErrorRule[] = [
  rule(PoolNotFoundError, /^cannot [^'\n]*'(?<pool>[^'\n]+)': no such pool$/m, ['pool']),
  rule(PoolNotFoundError, /: no such pool '(?<pool>[^'\n]+)'/, ['pool']),
  rule(PoolSuspendedError, /pool I\/O is currently suspended/, []),
];
