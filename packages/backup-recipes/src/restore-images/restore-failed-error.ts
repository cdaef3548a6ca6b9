import { RecipeFailedError } from '../recipe-failed-error.js';
import type { RestoreReport } from './report.js';

/** Not all was restored. What was not is as it was before. */
export class RestoreFailedError extends RecipeFailedError<RestoreReport> {
  static override readonly errorName: string = 'RestoreFailedError';
}
