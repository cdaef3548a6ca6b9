import { rule, ruleWith, type ExitErrorRule } from '@quiesce/command';
import { PoolNotFoundError, PoolSuspendedError } from '../errors/pool-errors.js';

/** Failures over pools. */
export const poolRules: readonly ExitErrorRule[] = [
  rule(PoolNotFoundError, /^cannot [^'\n]*'(?<pool>[^'\n]+)': no such pool$/m, ['pool']),
  rule(PoolNotFoundError, /^Cannot get properties of (?<pool>[^\n]+): no such pool available\.$/m, ['pool']),
  rule(PoolNotFoundError, /^cannot open '(?<pool>[^'\n]+)': is not a pool$/m, ['pool']),
  // zpool iostat, which does not name it.
  ruleWith(PoolNotFoundError, { stderr: /^Unable to parse pools\/vdevs list\.$/m }, (_, { command }) => ({
    pool: command.args[command.args.indexOf('--') + 1] ?? '',
  })),
  rule(PoolNotFoundError, /: no such pool '(?<pool>[^'\n]+)'/, ['pool']),
  rule(PoolSuspendedError, /pool I\/O is currently suspended/, []),
];
