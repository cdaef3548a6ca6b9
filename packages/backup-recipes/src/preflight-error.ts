import { CommandError } from '@quiesce/command';

/** One reason why a recipe was not begun. */
export interface PreflightProblem {
  /** The option that it is about, as `volumes[1]`. */
  readonly option: string;
  /**
   * Its value, as text. Undefined where it has none, and of a name that is no option: there it may
   * be a secret.
   */
  readonly value: string | undefined;
  /** What is wrong, and what to do about it. */
  readonly problem: string;
  /** What the host was asked failed with, where that is the reason. */
  readonly error?: CommandError;
}

/**
 * A recipe can't run with these options on this host. It lists every reason, and nothing was begun.
 *
 * Correct all of `problems`: each says what to do.
 */
export class PreflightError extends CommandError {
  static override readonly errorName: string = 'PreflightError';
  /** Every reason that was found. */
  readonly problems: readonly PreflightProblem[];

  constructor(problems: readonly PreflightProblem[]) {
    const list = problems.map(({ option, value, problem }) => {
      const given = value === undefined ? '' : ` ${JSON.stringify(value)}`;
      return `${option}${given}: ${problem}`;
    });
    const cause = problems.find(({ error }) => error !== undefined)?.error;
    super(`nothing was begun, ${String(problems.length)} to mend: ${list.join('; ')}`, { cause });
    this.problems = problems;
  }
}
