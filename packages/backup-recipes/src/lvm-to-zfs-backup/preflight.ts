import path from 'node:path';
import {
  CommandError,
  InvalidArgumentError,
  PrivilegeError,
  SpawnError,
  TransportError,
  type CallOptions,
} from '@quiesce/command';
import { lvconvertCommand, type LogicalVolume, type VolumeGroup } from '@quiesce/lvm';
import { DatasetNotFoundError, PoolNotFoundError, type Dataset, type Pool, type Zfs } from '@quiesce/zfs';
import { PreflightError, type PreflightProblem } from '../preflight-error.js';
import type { Clients } from './context.js';
import { readDomains, type DomainFacts } from './domains.js';
import { volumeNames, type VolumeNames } from './names.js';
import { readProvenance, type Provenance } from './provenance.js';
import type { ResolvedOptions } from './resolve-options.js';
import { snapshotSizeOf } from './snapshot-size.js';

/** One volume of a run, with what the host says of it. */
export interface VolumeFacts extends VolumeNames {
  /** Device-mapper's name of its snapshot: `raid5-VM.images.1364083186`. */
  readonly snapshotMapperName: string;
  /** Space for its snapshot, in bytes. */
  readonly snapshotSizeBytes: number;
}

/** What a run needs to know of the host before it begins. */
export interface HostFacts {
  readonly epochSeconds: number;
  readonly domains: readonly DomainFacts[];
  readonly volumes: readonly VolumeFacts[];
  readonly targetFolder: string;
  readonly zfsSnapshot: string;
  /** What the target holds before the run. */
  readonly provenance: Provenance;
  /** Snapshots that an earlier run left. */
  readonly leftBehind: readonly LogicalVolume[];
}

/** The tag of every volume that a run makes is this and the run's id. */
const runTagPrefix = 'quiesce.run=';

/** The tag of every volume that one run makes. */
export function runTag(runId: string): string {
  return `${runTagPrefix}${runId}`;
}

const readTimeoutMs = 60_000;

function* targetProblems(
  options: ResolvedOptions,
  dataset: Dataset | undefined,
  pool: Pool | undefined,
): Generator<string> {
  const poolName = options.target.split('/')[0] ?? '';
  if (pool === undefined) {
    yield `the host has no pool ${poolName}: import it (zpool import ${poolName}) or correct the name`;
    return;
  }
  const accepted = options.allowDegradedPool ? ['ONLINE', 'DEGRADED'] : ['ONLINE'];
  if (!accepted.includes(pool.state)) {
    const degraded = pool.state === 'DEGRADED' ? ', or run with allowDegradedPool' : '';
    yield `the pool ${pool.name} is ${pool.state}: mend it first (zpool status ${pool.name})${degraded}`;
  }
  if (pool.readOnly) yield `the pool ${pool.name} is imported read-only`;
  if (dataset === undefined) {
    yield 'there is no such dataset: make it (zfs create) or correct the name';
  } else if (dataset.type !== 'filesystem') {
    yield `it is a ${dataset.type}: give a file system`;
  } else if (dataset.mounted !== true || dataset.mountpoint?.startsWith('/') !== true) {
    yield `it is not mounted: zfs mount ${dataset.name}`;
  }
}

/** LVM finds out only in the middle of making a snapshot that device-mapper can't hold its name. */
function nameProblem({ path, snapshotPath }: VolumeNames): string | undefined {
  try {
    lvconvertCommand({ type: 'snapshot', origin: path, volume: snapshotPath });
    return undefined;
  } catch (error) {
    if (!InvalidArgumentError.isInstance(error)) throw error;
    return `device-mapper can't hold the names of its snapshot: ${error.message}`;
  }
}

function* volumeProblems(
  volume: VolumeNames,
  lvs: readonly LogicalVolume[],
  group: VolumeGroup | undefined,
  domains: readonly DomainFacts[],
): Generator<string> {
  if (group === undefined) {
    yield `the host has no volume group ${volume.volumeGroup}`;
    return;
  }
  const found = lvs.find(({ volumeGroup, name }) => volumeGroup === volume.volumeGroup && name === volume.name);
  if (found === undefined) {
    const names = lvs.filter(({ volumeGroup }) => volumeGroup === volume.volumeGroup).map(({ name }) => name);
    yield `the group ${volume.volumeGroup} has no such volume; it has ${names.length === 0 ? 'none' : names.join(', ')}`;
  } else if (found.attributes.kind === 'snapshot') {
    yield `it is itself a snapshot, of ${found.origin ?? 'another volume'}: give its origin`;
  } else {
    const user = domains.find(({ disks }) => disks.includes(volume.path) || disks.includes(found.dmPath));
    if (user !== undefined) {
      yield `it is itself a disk of ${user.name}: mounting it would trust what the guest wrote there, and this recipe copies the files of a volume`;
    }
  }
  const tooLong = nameProblem(volume);
  if (tooLong !== undefined) yield tooLong;
  if (lvs.some(({ volumeGroup, name }) => volumeGroup === volume.volumeGroup && name === volume.snapshotName)) {
    yield `its snapshot ${volume.snapshotName} exists already: run with another epochSeconds`;
  }
}

function* roomProblems(volumes: readonly VolumeFacts[], groups: readonly VolumeGroup[]): Generator<PreflightProblem> {
  for (const group of groups) {
    const inGroup = volumes.filter(({ volumeGroup }) => volumeGroup === group.name);
    const needed = inGroup.reduce((sum, { snapshotSizeBytes }) => sum + snapshotSizeBytes, 0);
    if (needed <= group.freeBytes) continue;
    const counts = `${String(needed)} bytes for the snapshots, and the group ${group.name} has ${String(group.freeBytes)} free`;
    yield {
      option: 'snapshotSizeBytes',
      value: String(needed),
      problem: `too little room: it takes ${counts}; make the group larger or the snapshots smaller`,
    };
  }
}

/** What is asked of a dataset that may not be there. */
async function ifThere<Value>(asked: Promise<Value>, otherwise: Value): Promise<Value> {
  return asked.catch((error: unknown) => {
    if (DatasetNotFoundError.isInstance(error) || PoolNotFoundError.isInstance(error)) return otherwise;
    throw error;
  });
}

async function listIfThere(zfs: Zfs, name: string, call: CallOptions): Promise<Dataset[]> {
  return ifThere(zfs.list({ ...call, datasets: [name], types: ['filesystem', 'volume', 'snapshot'] }), []);
}

/** A file system of its own where a copy goes: the snapshot of the target would not hold what it held. */
function* childProblems(
  options: ResolvedOptions,
  volumes: readonly VolumeFacts[],
  below: readonly Dataset[],
): Generator<string> {
  const target = below.find(({ name }) => name === options.target);
  const copies = [
    ...volumes.map(({ folderName }) => folderName),
    ...(options.hostRoot === undefined ? [] : [options.hostRoot.folder]),
  ];
  for (const { name, mountpoint } of below) {
    const folder = copies
      .map((copy) => `${target?.mountpoint ?? ''}/${copy}`)
      .find((copy) => mountpoint === copy || mountpoint?.startsWith(`${copy}/`) === true);
    if (name === options.target || folder === undefined) continue;
    yield `${folder} is a dataset of its own, or holds one (${name}), which the snapshot of the target would leave out: copy to another target, or make it a folder`;
  }
}

/** What can be told of a guest beforehand: whether it must be paused, or stands still. */
function domainProblem({ state }: DomainFacts): string | undefined {
  if (!['unknown', 'no state', 'in shutdown'].includes(state)) return undefined;
  return `its state is "${state}", so it is not known whether its image stands still: run again when it runs or is shut off`;
}

const noProvenance: Provenance = { runId: undefined, complete: undefined };

/** What stops the look at the host altogether is thrown as it is; what an option may have caused becomes a problem. */
function problemOf(option: string, value: string) {
  return (error: unknown): PreflightProblem[] => {
    const fundamental =
      TransportError.isInstance(error) || PrivilegeError.isInstance(error) || SpawnError.isInstance(error);
    if (fundamental || !CommandError.isInstance(error)) throw error;
    return [{ option, value, problem: error.message }];
  };
}

/**
 * Looks at the host and changes nothing.
 *
 * @throws {@link PreflightError} with every reason not to begin.
 */
export async function preflight(
  options: ResolvedOptions,
  clients: Clients,
  signal: AbortSignal | undefined,
): Promise<HostFacts> {
  const epochSeconds = options.epochSeconds ?? Math.floor(Date.now() / 1000);
  const zfsSnapshot = `${options.target}@${options.zfsSnapshotPrefix}.${String(epochSeconds)}`;
  const call = { signal, timeoutMs: readTimeoutMs };
  const { lvm, zfs } = clients;
  const unreadable: PreflightProblem[] = [];
  const target = problemOf('target', options.target);
  const orElse =
    <Value>(value: Value, toProblems: (error: unknown) => PreflightProblem[]) =>
    (error: unknown): Value => {
      unreadable.push(...toProblems(error));
      return value;
    };
  // Without guests to pause a host without libvirt will do.
  const noDomains =
    options.domains.length === 0
      ? (): DomainFacts[] => []
      : orElse([], problemOf('domains', options.domains.join(', ')));
  const [domains, lvs, groups, below, provenance, pools, snapshots] = await Promise.all([
    readDomains(clients.virsh, call).catch(noDomains),
    lvm.lvs(call),
    lvm.vgs(call),
    ifThere(
      zfs.list({ ...call, datasets: [options.target], types: ['filesystem', 'volume'], recursive: true }),
      [],
    ).catch(orElse([], target)),
    ifThere(readProvenance(zfs, options.target, call), noProvenance).catch(orElse(noProvenance, target)),
    zfs.pool.list(call).catch(orElse([], target)),
    options.epochSeconds === undefined ? [] : listIfThere(zfs, zfsSnapshot, call).catch(orElse([], target)),
  ]);

  const volumes = options.volumes.map((volume): VolumeFacts => {
    const names = volumeNames(volume, options.mountRoot, epochSeconds);
    const found = lvs.find(({ volumeGroup, name }) => volumeGroup === volume.volumeGroup && name === volume.name);
    const extentSizeBytes = groups.find(({ name }) => name === volume.volumeGroup)?.extentSizeBytes ?? 1;
    const snapshotSizeBytes = found === undefined ? 0 : snapshotSizeOf(found, extentSizeBytes, options);
    const snapshotMapperName = `${path.posix.basename(found?.dmPath ?? '')}.${String(epochSeconds)}`;
    return { ...names, snapshotMapperName, snapshotSizeBytes };
  });
  const dataset = below.find(({ name }) => name === options.target);
  const pool = pools.find(({ name }) => name === options.target.split('/')[0]);
  const known = domains.map(({ name }) => name).join(', ');
  const problems: PreflightProblem[] = [
    ...unreadable,
    ...options.domains.flatMap((value, index) => {
      const found = domains.find(({ name, uuid }) => name === value || uuid === value);
      if (unreadable.length > 0) return [];
      if (found !== undefined) {
        const problem = domainProblem(found);
        return problem === undefined ? [] : [{ option: `domains[${String(index)}]`, value, problem }];
      }
      return [{ option: `domains[${String(index)}]`, value, problem: `the host has no such domain; it has ${known}` }];
    }),
    ...volumes.flatMap((volume, index) => {
      const group = groups.find(({ name }) => name === volume.volumeGroup);
      const option = `volumes[${String(index)}]`;
      return [...volumeProblems(volume, lvs, group, domains)].map((problem) => ({
        option,
        value: volume.path,
        problem,
      }));
    }),
    ...roomProblems(volumes, groups),
    ...(unreadable.length > 0
      ? []
      : [...targetProblems(options, dataset, pool), ...childProblems(options, volumes, below)]
    ).map((problem) => ({
      option: 'target',
      value: options.target,
      problem,
    })),
    ...(snapshots.length > 0
      ? [{ option: 'epochSeconds', value: String(epochSeconds), problem: `the snapshot ${zfsSnapshot} exists already` }]
      : []),
  ];
  if (problems.length > 0) throw new PreflightError(problems);
  return {
    epochSeconds,
    domains: options.domains.flatMap(
      (wanted) => domains.find(({ name, uuid }) => name === wanted || uuid === wanted) ?? [],
    ),
    volumes,
    targetFolder: dataset?.mountpoint ?? '',
    zfsSnapshot,
    provenance,
    leftBehind: lvs.filter(({ tags }) => tags.some((tag) => tag.startsWith(runTagPrefix))),
  };
}
