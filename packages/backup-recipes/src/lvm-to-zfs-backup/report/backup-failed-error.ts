import { RecipeFailedError } from '../../recipe-failed-error.js';
import type { BackupReport } from './report.js';

/**
 * A backup that ran and is not one, or not a whole one. The report says what is there and what is
 * not.
 *
 * Print `failureNotice(error)`: it says what is safe and what to type. Mend what the fatal problems
 * say, and run it again. The night before is in `report.zfsSnapshot`.
 */
export class BackupFailedError extends RecipeFailedError<BackupReport> {
  static override readonly errorName: string = 'BackupFailedError';

  constructor(report: BackupReport, errors?: readonly Error[]) {
    super(report, errors, `backup of run ${report.runId}`);
  }
}
