import { ExitError, run, type CallOptions } from '@quiesce/command';
import { DatasetNotFoundError, PoolNotFoundError, type Vdev, type Zfs, type ZfsVersion } from '@quiesce/zfs';
import { mountpointOf, mountsCommand, parseMounts, type Mount } from '../host/mounts.js';
import { PreflightError, type PreflightProblem } from '../preflight-error.js';
import { deviceProblems } from './device-problems.js';
import { hiddenByMove, hiddenByNew } from './hidden-files.js';
import type { ResolvedCreateOptions } from './options.js';
import type { TargetDifference } from './report.js';
import { ofNewTarget, ofPool, ofTarget, poolOptions } from './wanted.js';

/** How a host is, as far as a target goes. */
export interface TargetLook {
  readonly poolExists: boolean;
  readonly datasetExists: boolean;
  /** What of it is not as it was asked for. */
  readonly differences: readonly TargetDifference[];
  /** Where it is mounted. Undefined where it is not. */
  readonly folder: string | undefined;
  /** What is worth knowing. */
  readonly remarks: readonly string[];
}

async function ifThere<Value>(asked: Promise<Value>): Promise<Value | undefined> {
  return asked.catch((error: unknown) => {
    if (DatasetNotFoundError.isInstance(error) || PoolNotFoundError.isInstance(error)) return undefined;
    throw error;
  });
}

type Found = ReadonlyMap<string, string>;
type Properties = Readonly<Record<string, { readonly text?: string; readonly value?: unknown }>>;

const textsOf = (found: Properties = {}, sameAs: Readonly<Record<string, string>> = {}): Found =>
  new Map(
    Object.entries(found).map(([name, { text, value }]) => {
      const is = text ?? String(value);
      return [name, sameAs[`${name}=${is}`] ?? is];
    }),
  );

/** What a release has another word for: `on` was `dir` before 2.3, and 2.1 says `posixacl`. */
function otherWords({ programs }: ZfsVersion): Record<string, string> {
  const [major = 0, minor = 0] = programs.split('.').map(Number);
  const isNew = major > 2 || (major === 2 && minor >= 3);
  return { 'acltype=posixacl': 'posix', 'xattr=on': isNew ? 'sa' : 'dir' };
}

function differencesOf(
  object: string,
  found: Found,
  wanted: Readonly<Record<string, string>>,
  canBeMended: boolean,
): TargetDifference[] {
  return Object.entries(wanted).flatMap(([property, value]) => {
    const is = found.get(property);
    // What a release does not know it does not do otherwise.
    if (is === undefined || is === value) return [];
    return [{ object, property, value: is, wanted: value, canBeMended }];
  });
}

/** The paths of the devices of a pool. */
function pathsOf(vdevs: readonly Vdev[]): string[] {
  return vdevs.flatMap(({ children, path }) => [...(path === undefined ? [] : [path]), ...pathsOf(children)]);
}

const isOf = (device: string, path: string): boolean =>
  path === device || (/^(?:-part|p)?1$/.test(path.slice(device.length)) && path.startsWith(device));

async function lookAtPool(zfs: Zfs, { mirror, pool }: ResolvedCreateOptions, call: CallOptions): Promise<string[]> {
  const [status] = await zfs.pool.status({ ...call, pools: pool });
  if (status === undefined) return [];
  const { state, vdevs } = status;
  const paths = pathsOf(vdevs);
  const others = mirror.filter((device) => !paths.some((path) => isOf(device, path)));
  const single = vdevs.filter((vdev) => vdev.class === 'normal' && vdev.children.length === 0);
  return [
    ...(state === 'ONLINE' ? [] : [`the pool ${pool} is ${state}: see zpool status ${pool}`]),
    ...(others.length === 0
      ? []
      : [
          `the pool ${pool} exists already, and goes by other names than ${others.join(', ')}: see zpool status ${pool}`,
        ]),
    ...single.map(({ name }) => `${name} of the pool ${pool} has no second copy: see zpool attach`),
  ];
}

async function newProblems(
  zfs: Zfs,
  options: ResolvedCreateOptions,
  { call, mounts, poolExists }: { call: CallOptions; mounts: readonly Mount[]; poolExists: boolean },
): Promise<PreflightProblem[]> {
  const { mirror, pool, target } = options;
  if (!poolExists && mirror.length === 0) {
    const problem = `there is no pool ${pool}: name the devices for it (mirror), or bring it in (zpool import ${pool})`;
    return [{ option: 'target', value: target, problem }];
  }
  const hidden = await hiddenByNew(zfs, options, { call, poolExists });
  if (poolExists) return hidden;
  const found = [...hidden, ...(await deviceProblems(options, mounts, call))];
  try {
    // It only looks whether the devices can be taken.
    await zfs.pool.create({ ...call, ...poolOptions(options), dryRun: true });
    return found;
  } catch (error) {
    if (!ExitError.isInstance(error)) throw error;
    return [...found, { option: 'mirror', value: mirror.join(', '), problem: error.message, error }];
  }
}

/**
 * Looks at what there is of a target.
 *
 * @throws {@link PreflightError} where it can't be made.
 */
export async function look(
  zfs: Zfs,
  options: ResolvedCreateOptions,
  signal: AbortSignal | undefined,
): Promise<TargetLook> {
  const { limits, pool, target, transport } = options;
  const call: CallOptions = { signal, timeoutMs: limits.readMs };
  const wanted = ofTarget(options);
  const names = [...new Set([...Object.keys(wanted), ...Object.keys(ofNewTarget), 'type', 'mountpoint'])];
  const [version, pools, found, mounts] = await Promise.all([
    zfs.version(call),
    ifThere(zfs.pool.get({ ...call, pools: pool, properties: Object.keys(ofPool) })),
    ifThere(zfs.get({ ...call, datasets: target, properties: names })),
    run(transport, mountsCommand(), call).then(({ stdout }) => parseMounts(stdout)),
  ]);
  const own = found?.[target];
  const type = own?.['type']?.text;
  const folder = mountpointOf(target, mounts);
  const poolExists = pools !== undefined;
  const problems =
    own === undefined
      ? await newProblems(zfs, options, { call, mounts, poolExists })
      : type === 'filesystem'
        ? await hiddenByMove(options, { folder, mountpoint: own['mountpoint']?.text }, call)
        : [{ option: 'target', value: target, problem: `it is a ${type ?? ''}: name another, for a file system` }];
  if (problems.length > 0) throw new PreflightError(problems);
  const ofOwn = textsOf(own, otherWords(version));
  return {
    poolExists,
    datasetExists: own !== undefined,
    differences: [
      ...differencesOf(pool, textsOf(pools?.[pool]), ofPool, true),
      ...differencesOf(target, ofOwn, wanted, true),
      ...differencesOf(target, ofOwn, ofNewTarget, false),
    ],
    folder,
    remarks: pools === undefined ? [] : await lookAtPool(zfs, options, call),
  };
}
