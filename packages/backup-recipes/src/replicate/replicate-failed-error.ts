import { RecipeFailedError } from '../recipe-failed-error.js';
import type { ReplicateReport } from './report.js';

/** The copy does not have all that the target has. What it had before, it has still. */
export class ReplicateFailedError extends RecipeFailedError<ReplicateReport> {
  static override readonly errorName: string = 'ReplicateFailedError';
}
