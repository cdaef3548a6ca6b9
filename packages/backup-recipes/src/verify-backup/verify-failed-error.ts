import { RecipeFailedError } from '../recipe-failed-error.js';
import type { VerifyReport } from './report.js';

/**
 * A backup is not what was frozen, or could not be compared, or its pool is not well.
 *
 * Restore what `different` names from another state, and look at `pool`: `zpool status -v`.
 */
export class VerifyFailedError extends RecipeFailedError<VerifyReport> {
  static override readonly errorName: string = 'VerifyFailedError';
}
