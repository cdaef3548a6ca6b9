import { localTransport, type Transport } from '@quiesce/command';
import * as z from 'zod';
import { limitProblems, limitsOf, limitsShape, type RunLimits } from '../limits.js';
import { PreflightError } from '../preflight-error.js';
import { shapeProblems, transportShape } from '../shape-problems.js';
import { targetNameProblems } from '../target/target-name.js';

/** What {@link listBackups} takes. */
export interface ListBackupsOptions {
  /** The ZFS file system that backups were made to, as `archives/backups`. */
  readonly target: string;
  /** How long commands of the host may take, in milliseconds: `readMs` alone counts. */
  readonly limits?: Partial<RunLimits>;
  /**
   * The host that has the target. It needs the rights of root there.
   * @default localTransport()
   */
  readonly transport?: Transport;
}

/** The options with every default filled in. */
export interface ResolvedListOptions {
  readonly target: string;
  readonly limits: RunLimits;
  readonly transport: Transport;
}

const shape = z.strictObject({ target: z.string(), limits: limitsShape, transport: transportShape });

/**
 * Fills in the defaults.
 *
 * @throws {@link PreflightError} that lists every option which no host could make right.
 */
export function resolveListOptions(options: ListBackupsOptions): ResolvedListOptions {
  const misshapen = shapeProblems(shape, options);
  if (misshapen.length > 0) throw new PreflightError(misshapen);
  const resolved = {
    target: options.target,
    limits: limitsOf(options.limits),
    transport: options.transport ?? localTransport(),
  };
  const problems = [...targetNameProblems(resolved.target), ...limitProblems(resolved.limits)];
  if (problems.length > 0) throw new PreflightError(problems);
  return resolved;
}
