import { RecipeFailedError } from '../recipe-failed-error.js';
import type { ReconcileReport } from './report.js';

/**
 * Something of runs that are over is still on the host, or may be. The report says what, and what
 * to do about it.
 *
 * Type each `remedy` in `report.left`; for what was not seen, look at `report.problems`.
 */
export class ReconcileFailedError extends RecipeFailedError<ReconcileReport> {
  static override readonly errorName: string = 'ReconcileFailedError';
}
