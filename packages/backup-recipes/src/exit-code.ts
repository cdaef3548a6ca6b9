import { AbortedError, InvalidArgumentError } from '@quiesce/command';
import { HostBusyError } from './host-busy-error.js';
import { PreflightError } from './preflight-error.js';
import { RecipeFailedError } from './recipe-failed-error.js';

function isIncomplete(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'complete' in value && value.complete === false;
}

function isAbort(error: unknown): boolean {
  if (RecipeFailedError.isInstance(error)) return error.report.outcome === 'aborted';
  return AbortedError.isInstance(error) || (error instanceof Error && error.name === 'AbortError');
}

/**
 * What a script should exit with: 0 where all is good, 1 for a failure, 2 for options that don't
 * fit (nothing was begun), 3 for a run that succeeded and left the target incomplete, 75 while
 * another run is under way (`EX_TEMPFAIL`: try again later), 130 where it was aborted.
 *
 * @param errorOrReport - What `run` of a recipe threw or resolved to. Undefined is good. An abort
 *   with a reason of your own, thrown before anything was begun, can't be known and is 1.
 *
 * @example
 * ```ts
 * const backup = lvmToZfsBackup({
 *   domains: ['MySQL'],
 *   volumes: ['/dev/SSD/images'],
 *   target: 'archives/backups',
 * });
 * process.exitCode = exitCodeOf(await backup.run().catch((error: unknown) => error));
 * ```
 */
export function exitCodeOf(errorOrReport: unknown): 0 | 1 | 2 | 3 | 75 | 130 {
  if (HostBusyError.isInstance(errorOrReport)) return 75;
  if (isAbort(errorOrReport)) return 130;
  if (PreflightError.isInstance(errorOrReport) || InvalidArgumentError.isInstance(errorOrReport)) return 2;
  if (errorOrReport === undefined) return 0;
  if (typeof errorOrReport !== 'object' || errorOrReport === null || errorOrReport instanceof Error) return 1;
  const { outcome } = errorOrReport as { outcome?: unknown };
  if (outcome === 'aborted') return 130;
  if (outcome !== undefined && outcome !== 'success') return 1;
  return isIncomplete(errorOrReport) ? 3 : 0;
}
