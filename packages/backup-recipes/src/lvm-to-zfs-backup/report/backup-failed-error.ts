import { CommandError } from '@quiesce/command';
import type { BackupReport } from './report.js';

/**
 * A backup that ran and is not one, or not a whole one. The report says what is there and what is
 * not.
 */
export class BackupFailedError extends CommandError {
  static override readonly errorName: string = 'BackupFailedError';
  /** What happened, whole. */
  readonly report: BackupReport;
  /**
   * What the fatal problems in the report were thrown as, in the same order. The first is the
   * `cause`.
   */
  declare readonly errors: readonly Error[];

  constructor(report: BackupReport, errors: readonly Error[] = []) {
    const fatal = report.problems.filter((problem) => problem.fatal);
    const reasons = fatal.map(({ step, subject, message }) => `${step} ${subject}: ${message}`);
    super(`backup ${report.outcome} (run ${report.runId}): ${reasons.join('; ')}`, { cause: errors[0] });
    Object.defineProperty(this, 'errors', { value: errors });
    this.report = report;
  }
}
