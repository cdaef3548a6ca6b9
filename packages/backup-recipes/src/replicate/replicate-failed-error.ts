import { RecipeFailedError } from '../recipe-failed-error.js';
import type { ReplicateReport } from './report.js';

/**
 * The copy does not have all that the target has. What it had before, it has still.
 *
 * Run it again with the same options: it goes on from where it was. Where the two no longer fit
 * each other, its message says so.
 */
export class ReplicateFailedError extends RecipeFailedError<ReplicateReport> {
  static override readonly errorName: string = 'ReplicateFailedError';
}
