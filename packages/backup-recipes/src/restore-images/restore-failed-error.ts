import { RecipeFailedError } from '../recipe-failed-error.js';
import type { RestoreReport } from './report.js';

/**
 * Not all was restored. What was not is as it was before.
 *
 * See `report.problems`. Of a damaged copy take another state.
 */
export class RestoreFailedError extends RecipeFailedError<RestoreReport> {
  static override readonly errorName: string = 'RestoreFailedError';
}
