import { RecipeFailedError } from '../recipe-failed-error.js';
import type { PruneReport } from './report.js';

/**
 * Not every snapshot that was to go is gone. The report says which, and why. Running it again goes
 * on.
 *
 * See `report.problems`: release the holds, or destroy the clones, that keep a snapshot.
 */
export class PruneFailedError extends RecipeFailedError<PruneReport> {
  static override readonly errorName: string = 'PruneFailedError';
}
