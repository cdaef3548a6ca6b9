import { RecipeFailedError } from '../../recipe-failed-error.js';
import type { BackupReport } from './report.js';

/**
 * A backup that ran and is not one, or not a whole one. The report says what is there and what is
 * not.
 */
export class BackupFailedError extends RecipeFailedError<BackupReport> {
  static override readonly errorName: string = 'BackupFailedError';

  constructor(report: BackupReport, errors?: readonly Error[]) {
    super(report, errors, `backup of run ${report.runId}`);
  }
}
