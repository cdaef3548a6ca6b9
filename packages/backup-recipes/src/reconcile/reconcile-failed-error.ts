import { RecipeFailedError } from '../recipe-failed-error.js';
import type { ReconcileReport } from './report.js';

/**
 * Something of runs that are over is still on the host, or may be. The report says what, and what
 * to do about it.
 */
export class ReconcileFailedError extends RecipeFailedError<ReconcileReport> {
  static override readonly errorName: string = 'ReconcileFailedError';
}
