import path from 'node:path';
import {
  AbortedError,
  CommandError,
  PrivilegeError,
  run,
  SpawnError,
  TransportError,
  type CallOptions,
  type Transport,
} from '@quiesce/command';
import { DatasetNotFoundError, PoolNotFoundError, type Dataset, type Zfs } from '@quiesce/zfs';
import { limits } from '../../limits.js';
import { PreflightError, type PreflightProblem } from '../../preflight-error.js';
import type { Clients } from '../../clients.js';
import { domainProblem, readDomains, type DomainFacts, type HostDomains } from '../../domains.js';
import { mountpointOf, mountsCommand, parseMounts } from '../../host/mounts.js';
import type { HostFacts, VolumeFacts } from './host-facts.js';
import { volumeNames } from '../names.js';
import { provenanceOf, provenanceWarnings, readProperties, type Provenance } from '../../target/provenance.js';
import { readTargetStateCommand } from '../../target/target-commands.js';
import { parseTargetState } from '../../target/target-state.js';
import type { ResolvedOptions } from '../options/resolve-options.js';
import { hostMountsFor, hostRootProblems, leftOutWarnings } from './host-mounts.js';
import { snapshotSizeOf } from './snapshot-size.js';
import { childProblems, targetProblems } from './target-problems.js';
import { disksOn } from './disks-on.js';
import { roomProblems, volumeProblems } from './volume-problems.js';

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

const noProvenance: Provenance = { runId: undefined, complete: undefined };

/** What stops the look at the host altogether is thrown as it is; what an option may have caused becomes a problem. */
function problemOf(option: string, value: string) {
  return (error: unknown): PreflightProblem[] => {
    const hasNoHost =
      TransportError.isInstance(error) || PrivilegeError.isInstance(error) || SpawnError.isInstance(error);
    // An abort is nothing to mend.
    if (hasNoHost || AbortedError.isInstance(error) || !CommandError.isInstance(error)) throw error;
    return [{ option, value, problem: error.message, error }];
  };
}

/** The run that is looked ahead to. */
export interface PreflightRun {
  readonly runId: string;
  readonly epochSeconds: number;
  readonly transport: Transport;
  readonly signal: AbortSignal | undefined;
}

const noDomains: HostDomains = { connectUri: '', known: [], wanted: [] };

/**
 * Looks at the host and changes nothing.
 *
 * @throws {@link PreflightError} with every reason not to begin.
 */
export async function preflight(
  options: ResolvedOptions,
  clients: Clients,
  { epochSeconds, runId, signal, transport }: PreflightRun,
): Promise<HostFacts> {
  const zfsSnapshot = `${options.target}@${options.zfsSnapshotPrefix}.${String(epochSeconds)}`;
  const call = { signal, timeoutMs: limits.readMs };
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
  const withoutLibvirt =
    options.domains.length === 0
      ? (): HostDomains => noDomains
      : orElse(noDomains, problemOf('domains', options.domains.join(', ')));
  const [domains, mounts, lvs, groups, below, properties, pools, snapshots] = await Promise.all([
    readDomains(clients.virsh, options.domains, call).catch(withoutLibvirt),
    run(transport, mountsCommand(), call).then(({ stdout }) => parseMounts(stdout)),
    lvm.lvs(call),
    lvm.vgs(call),
    ifThere(
      zfs.list({ ...call, datasets: [options.target], types: ['filesystem', 'volume'], recursive: true }),
      [],
    ).catch(orElse([], target)),
    ifThere(readProperties(zfs, options.target, call), noProvenance).catch(orElse(noProvenance, target)),
    zfs.pool.list(call).catch(orElse([], target)),
    options.epochSeconds === undefined ? [] : listIfThere(zfs, zfsSnapshot, call).catch(orElse([], target)),
  ]);

  const targetFolder = mountpointOf(options.target, mounts);
  const state =
    targetFolder === undefined
      ? ''
      : await run(transport, readTargetStateCommand({ targetFolder }), call).then(({ stdout }) => stdout);
  const provenance = provenanceOf(properties, parseTargetState(state));
  const volumes = options.volumes.map((volume): VolumeFacts => {
    const names = volumeNames(volume, { mountRoot: options.mountRoot, epochSeconds, runId });
    const found = lvs.find(({ volumeGroup, name }) => volumeGroup === volume.volumeGroup && name === volume.name);
    const extentSizeBytes = groups.find(({ name }) => name === volume.volumeGroup)?.extentSizeBytes ?? 1;
    const snapshotSizeBytes = found === undefined ? 0 : snapshotSizeOf(found, extentSizeBytes, options);
    const snapshotMapperName = `${path.posix.basename(found?.dmPath ?? '')}.${String(epochSeconds)}`;
    return { ...names, snapshotMapperName, snapshotSizeBytes };
  });
  const dataset = below.find(({ name }) => name === options.target);
  const pool = pools.find(({ name }) => name === options.target.split('/')[0]);
  const known = domains.known.map(({ name }) => name).join(', ');
  const find = (value: string): DomainFacts | undefined =>
    domains.wanted.find(({ name, uuid }) => name === value || uuid === value);
  const problems: PreflightProblem[] = [
    ...unreadable,
    ...options.domains.flatMap((value, index) => {
      const found = find(value);
      if (unreadable.length > 0) return [];
      if (found !== undefined) {
        const first = options.domains.findIndex((other) => find(other) === found);
        const problem = first < index ? `the same guest as domains[${String(first)}]` : domainProblem(found);
        return problem === undefined ? [] : [{ option: `domains[${String(index)}]`, value, problem }];
      }
      return [{ option: `domains[${String(index)}]`, value, problem: `the host has no such domain; it has ${known}` }];
    }),
    ...volumes.flatMap((volume, index) => {
      const group = groups.find(({ name }) => name === volume.volumeGroup);
      const option = `volumes[${String(index)}]`;
      return [...volumeProblems(volume, lvs, group, domains.known)].map((problem) => ({
        option,
        value: volume.path,
        problem,
      }));
    }),
    ...roomProblems(volumes, groups),
    ...(unreadable.length > 0
      ? []
      : [
          ...targetProblems(options, dataset, pool, targetFolder),
          ...childProblems(options, volumes, below, targetFolder),
        ]
    ).map((problem) => ({
      option: 'target',
      value: options.target,
      problem,
    })),
    ...hostRootProblems(options, mounts),
    ...(snapshots.length > 0
      ? [{ option: 'epochSeconds', value: String(epochSeconds), problem: `the snapshot ${zfsSnapshot} exists already` }]
      : []),
  ];
  if (problems.length > 0) throw new PreflightError(problems);
  const hostMounts = hostMountsFor(options, volumes, lvs, mounts);
  return {
    epochSeconds,
    connectUri: options.domains.length === 0 ? undefined : domains.connectUri,
    domains: options.domains.flatMap((wanted) => find(wanted) ?? []),
    disksOn: disksOn(domains.wanted, volumes, lvs, mounts),
    volumes,
    targetFolder: targetFolder ?? '',
    hostMounts: hostMounts.copied,
    zfsSnapshot,
    provenance,
    properties,
    state,
    warnings: [...provenanceWarnings(options, provenance), ...leftOutWarnings(options, hostMounts)],
  };
}
