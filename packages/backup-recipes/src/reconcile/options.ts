import { localTransport, type Transport } from '@quiesce/command';
import * as z from 'zod';
import { defaultMountRoot, mountRootProblems } from '../mount-root.js';
import { PreflightError } from '../preflight-error.js';
import { shapeProblems, transportShape } from '../shape-problems.js';

/** What {@link reconcile} takes. */
export interface ReconcileOptions {
  /**
   * The folder in which the runs mounted their snapshots.
   * @default '/run/backup'
   */
  readonly mountRoot?: string;
  /**
   * The host. It needs the rights of root there.
   * @default localTransport()
   */
  readonly transport?: Transport;
}

/** The options with every default filled in. */
export type ResolvedReconcileOptions = Required<ReconcileOptions>;

const shape = z.strictObject({ mountRoot: z.string().optional(), transport: transportShape });

/**
 * Fills in the defaults.
 *
 * @throws {@link PreflightError} that lists every option which no host could make right.
 */
export function resolveReconcileOptions(options: ReconcileOptions): ResolvedReconcileOptions {
  const misshapen = shapeProblems(shape, options);
  if (misshapen.length > 0) throw new PreflightError(misshapen);
  const { mountRoot = defaultMountRoot, transport = localTransport() } = options;
  const problems = mountRootProblems(mountRoot);
  if (problems.length > 0) throw new PreflightError(problems);
  return { mountRoot, transport };
}
