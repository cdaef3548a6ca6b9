import { localTransport, type Transport } from '@quiesce/command';
import * as z from 'zod';
import { limitProblems, limitsOf, limitsShape, type RunLimits } from '../limits.js';
import { PreflightError, type PreflightProblem } from '../preflight-error.js';
import { shapeProblems, transportShape } from '../shape-problems.js';
import { isSnapshotOf, targetNameProblems } from '../target/target-name.js';

/** What {@link verifyBackup} takes. */
export interface VerifyBackupOptions {
  /** The ZFS file system that backups were made to, as `archives/backups`. */
  readonly target: string;
  /**
   * What is compared: what the target holds now, all of its snapshots too, or a list of these:
   * `'now'` and names of snapshots, as `archives/backups@daily.1364083186`. All of it is read.
   * @default 'now'
   */
  readonly backups?: 'now' | 'all' | readonly string[];
  /**
   * Has the pool scrubbed first, and waits for that: ZFS then compares all of its disks, redundant
   * copies too, with its own checksums.
   * @default false
   */
  readonly scrub?: boolean;
  /**
   * How long commands of the host may take, in milliseconds: `verifyMs` counts for each folder, and
   * for a scrub.
   */
  readonly limits?: Partial<RunLimits>;
  /**
   * The host that has the target. It needs the rights of root there.
   * @default localTransport()
   */
  readonly transport?: Transport;
}

/** The options with every default filled in. */
export interface ResolvedVerifyOptions extends Required<Omit<VerifyBackupOptions, 'limits'>> {
  readonly limits: RunLimits;
}

const shape = z.strictObject({
  target: z.string(),
  backups: z.union([z.literal('now'), z.literal('all'), z.array(z.string())]).optional(),
  scrub: z.boolean().optional(),
  limits: limitsShape,
  transport: transportShape,
});

function* backupsProblems({ backups, target }: ResolvedVerifyOptions): Generator<PreflightProblem> {
  if (typeof backups === 'string') return;
  if (backups.length === 0) yield { option: 'backups', value: '[]', problem: "empty: name snapshots, or 'now'" };
  for (const [index, value] of backups.entries()) {
    if (value === 'now' || isSnapshotOf(target, value)) continue;
    yield {
      option: `backups[${String(index)}]`,
      value,
      problem: `neither 'now' nor a snapshot of the target: give that as ${target}@name`,
    };
  }
}

/**
 * Fills in the defaults.
 *
 * @throws {@link PreflightError} that lists every option which no host could make right.
 */
export function resolveVerifyOptions(options: VerifyBackupOptions): ResolvedVerifyOptions {
  const misshapen = shapeProblems(shape, options);
  if (misshapen.length > 0) throw new PreflightError(misshapen);
  const resolved: ResolvedVerifyOptions = {
    target: options.target,
    backups: options.backups ?? 'now',
    scrub: options.scrub ?? false,
    limits: limitsOf(options.limits),
    transport: options.transport ?? localTransport(),
  };
  const problems = [
    ...targetNameProblems(resolved.target),
    ...limitProblems(resolved.limits),
    ...backupsProblems(resolved),
  ];
  if (problems.length > 0) throw new PreflightError(problems);
  return resolved;
}
