import { CommandError } from '@quiesce/command';
import type { ReconcileReport } from './report.js';

/**
 * Something of runs that are over is still on the host, or may be. The report says what, and what
 * to do about it.
 */
export class ReconcileFailedError extends CommandError {
  static override readonly errorName: string = 'ReconcileFailedError';
  /** What happened, whole. */
  readonly report: ReconcileReport;
  /**
   * What the fatal problems in the report were thrown as, in the same order. The first is the
   * `cause`.
   */
  declare readonly errors: readonly Error[];

  constructor(report: ReconcileReport, errors: readonly Error[] = []) {
    const fatal = report.problems.filter((problem) => problem.fatal);
    const reasons = fatal.map(({ step, subject, message }) => `${step} ${subject}: ${message}`);
    super(`reconcile ${report.outcome}: ${reasons.join('; ')}`, { cause: errors[0] });
    Object.defineProperty(this, 'errors', { value: errors });
    this.report = report;
  }
}
