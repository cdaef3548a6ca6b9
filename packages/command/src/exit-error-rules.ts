import type { ExitError } from './errors.js';
import { type ExitErrorOptions } from './errors.js';

/** One row of a client's error table: which failures it knows, and the error they become. */
export interface ExitErrorRule {
  /** Exit codes that the rule is about. Any when left out. */
  readonly exitCodes?: readonly number[];
  /** What standard error says. Anything when left out. Named groups reach `create`. */
  readonly stderr?: RegExp;
  /** Makes the typed error. */
  readonly create: (options: ExitErrorOptions, groups: Readonly<Record<string, string | undefined>>) => ExitError;
}

/** The error of the first rule that fits, or the same error where none does. */
export function mapExitError(error: ExitError, rules: readonly ExitErrorRule[]): ExitError {
  if (error.command === undefined) return error;
  const options: ExitErrorOptions = {
    command: error.command,
    exitCode: error.exitCode,
    signal: error.signal,
    stdout: error.stdout,
    stderr: error.stderr,
  };
  for (const rule of rules) {
    if (rule.exitCodes !== undefined && (error.exitCode === undefined || !rule.exitCodes.includes(error.exitCode))) {
      continue;
    }
    const match = rule.stderr === undefined ? undefined : rule.stderr.exec(error.stderr);
    if (match !== null) return rule.create(options, match?.groups ?? {});
  }
  return error;
}
