import { localTransport, type Transport } from '@quiesce/command';
import * as z from 'zod';
import { limitProblems, limitsOf, limitsShape, type RunLimits } from '../limits.js';
import { isAbsolute } from '../mount-root.js';
import { PreflightError, type PreflightProblem } from '../preflight-error.js';
import { numberShape, shapeProblems, transportShape } from '../shape-problems.js';
import { targetNameProblems } from '../target/target-name.js';

/** What {@link createBackupTarget} takes. */
export interface CreateBackupTargetOptions {
  /** The ZFS file system that backups will be made to, as `archives/backups`. */
  readonly target: string;
  /**
   * The devices that the pool is made of where there is none of that name, two or more that all
   * hold the same, as `/dev/disk/by-id/…`. One that has something on it is refused.
   */
  readonly mirror?: readonly string[];
  /**
   * How blocks are compressed: `lz4`, `zstd`, or `zstd-1` to `zstd-19`.
   * @default 'lz4'
   */
  readonly compression?: string;
  /**
   * Largest block of a file, in bytes: a power of two from 4096 to 1048576. Of what a night changes
   * in an image, whole blocks are kept by the snapshot. Small ones keep less of scattered writes,
   * compress less and take longer. 1 % of an image of 64 MiB overwritten in pieces of 4 KiB made a
   * snapshot of 2.4 MB with 16 KiB, 5.7 MB with 64 KiB and 9.9 MB with 128 KiB. The image itself
   * took 51, 38 and 36 MB.
   * @default 131072
   */
  readonly recordsizeBytes?: number;
  /**
   * Where it is mounted: an absolute path.
   * @default as what it lies in says
   */
  readonly mountpoint?: string;
  /**
   * Corrects properties of what exists already. What was written before stays as it is.
   * @default false
   */
  readonly mend?: boolean;
  /** How long commands of the host may take, in milliseconds: `readMs`, `zfsMs`, `mountMs`. */
  readonly limits?: Partial<RunLimits>;
  /**
   * The host. It needs the rights of root there.
   * @default localTransport()
   */
  readonly transport?: Transport;
}

/** The options with every default filled in. */
export interface ResolvedCreateOptions {
  readonly target: string;
  /** The pool's name. */
  readonly pool: string;
  readonly mirror: readonly string[];
  readonly compression: string;
  readonly recordsizeBytes: number;
  readonly mountpoint: string | undefined;
  readonly mend: boolean;
  readonly limits: RunLimits;
  readonly transport: Transport;
}

const shape = z.strictObject({
  target: z.string(),
  mirror: z.array(z.string()).optional(),
  compression: z.string().optional(),
  recordsizeBytes: numberShape.optional(),
  mountpoint: z.string().optional(),
  mend: z.boolean().optional(),
  limits: limitsShape,
  transport: transportShape,
});

function* mirrorProblems(mirror: readonly string[]): Generator<PreflightProblem> {
  if (mirror.length === 1) {
    yield {
      option: 'mirror',
      value: mirror.join(', '),
      problem: 'one device has no second copy of anything: name two',
    };
  }
  for (const [index, value] of mirror.entries()) {
    const option = `mirror[${String(index)}]`;
    if (!isAbsolute(value)) yield { option, value, problem: 'not the absolute path of a device' };
    if (mirror.indexOf(value) < index) yield { option, value, problem: 'named twice' };
  }
}

function* valueProblems(resolved: ResolvedCreateOptions): Generator<PreflightProblem> {
  const { compression, mirror, mountpoint, recordsizeBytes: size, target } = resolved;
  const named = targetNameProblems(target);
  yield* named;
  if (named.length === 0 && !target.includes('/')) {
    const problem = 'a pool itself: give a file system in it, as archives/backups';
    yield { option: 'target', value: target, problem };
  }
  yield* mirrorProblems(mirror);
  if (!/^(?:lz4|zstd(?:-(?:[1-9]|1\d))?)$/.test(compression)) {
    yield { option: 'compression', value: compression, problem: 'not lz4, zstd, or zstd-1 to zstd-19' };
  }
  if (!(Number.isInteger(Math.log2(size)) && size >= 4096 && size <= 1024 ** 2)) {
    const problem = 'not a power of two from 4096 to 1048576';
    yield { option: 'recordsizeBytes', value: String(size), problem };
  }
  if (mountpoint !== undefined && !(isAbsolute(mountpoint) && mountpoint !== '/')) {
    yield { option: 'mountpoint', value: mountpoint, problem: 'not the absolute path of a folder' };
  }
  yield* limitProblems(resolved.limits);
}

/**
 * Fills in the defaults.
 *
 * @throws {@link PreflightError} that lists every option which no host could make right.
 */
export function resolveCreateOptions(options: CreateBackupTargetOptions): ResolvedCreateOptions {
  const misshapen = shapeProblems(shape, options);
  if (misshapen.length > 0) throw new PreflightError(misshapen);
  const resolved: ResolvedCreateOptions = {
    target: options.target,
    pool: options.target.split('/')[0] ?? '',
    mirror: options.mirror ?? [],
    compression: options.compression ?? 'lz4',
    recordsizeBytes: options.recordsizeBytes ?? 128 * 1024,
    mountpoint: options.mountpoint,
    mend: options.mend ?? false,
    limits: limitsOf(options.limits),
    transport: options.transport ?? localTransport(),
  };
  const problems = [...valueProblems(resolved)];
  if (problems.length > 0) throw new PreflightError(problems);
  return resolved;
}
