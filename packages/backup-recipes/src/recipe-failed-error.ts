import { CommandError } from '@quiesce/command';
import type { RecipeReport } from './recipe-report.js';

/**
 * A recipe that ran and did not do all that it should. The report says what happened.
 *
 * See `report.problems`: those that are `fatal` made it a failure.
 */
export class RecipeFailedError<Report extends RecipeReport = RecipeReport> extends CommandError {
  static override readonly errorName: string = 'RecipeFailedError';
  /** What happened, whole. */
  readonly report: Report;
  /**
   * What the fatal problems in the report were thrown as, in the same order. The first is the
   * `cause`.
   */
  declare readonly errors: readonly Error[];

  constructor(report: Report, errors: readonly Error[] = [], what: string = report.recipe) {
    const fatal = report.problems.filter((problem) => problem.fatal);
    const reasons = fatal.map(({ step, subject, message }) => `${step} ${subject}: ${message}`);
    super(`${what} ${report.outcome}: ${reasons.join('; ')}`, { cause: errors[0] });
    Object.defineProperty(this, 'errors', { value: errors });
    this.report = report;
  }
}
