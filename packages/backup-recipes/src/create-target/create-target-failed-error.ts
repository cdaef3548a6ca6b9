import { RecipeFailedError } from '../recipe-failed-error.js';
import type { CreateTargetReport } from './report.js';

/**
 * A target could not be made, or is not as it was asked for.
 *
 * See `report.differences`: `mend: true` sets what can be set.
 */
export class CreateTargetFailedError extends RecipeFailedError<CreateTargetReport> {
  static override readonly errorName: string = 'CreateTargetFailedError';
}
