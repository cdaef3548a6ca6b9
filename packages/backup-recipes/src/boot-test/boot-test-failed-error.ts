import { RecipeFailedError } from '../recipe-failed-error.js';
import type { BootReport } from './report.js';

/**
 * A guest did not start from its backup, or what the test made could not be removed.
 *
 * Read `report.console`. Type each `remedy` in `report.leftovers`, or let `reconcile` do it.
 */
export class BootTestFailedError extends RecipeFailedError<BootReport> {
  static override readonly errorName: string = 'BootTestFailedError';
}
