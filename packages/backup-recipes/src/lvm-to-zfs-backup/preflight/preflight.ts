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
import type { Dataset, Zfs } from '@quiesce/zfs';
import { PreflightError, type PreflightProblem } from '../../preflight-error.js';
import type { Clients } from '../../clients.js';
import { domainProblem, readDomains, type DomainFacts, type HostDomains } from '../../domains.js';
import { devicesBelowCommand, parseDevicesBelow } from '../../host/devices-below.js';
import { isChecked } from '../../host/fsck.js';
import { parsePrograms, programsCommand } from '../../host/programs.js';
import { mountpointOf, mountsCommand, parseMounts } from '../../host/mounts.js';
import { volumeNames } from '../names.js';
import { provenanceOf, provenanceWarnings } from '../../target/provenance.js';
import { readTargetStateCommand } from '../../target/target-commands.js';
import { parseTargetState } from '../../target/target-state.js';
import type { ResolvedOptions } from '../options/resolve-options.js';
import { uncoveredDisksProblem, unlistedGuestsProblems, unlistedGuestsWarnings } from './coverage-problems.js';
import { diskPlaces } from './disk-places.js';
import { disksOn, mountPointOf } from './disks-on.js';
import { hostMountsFor, hostRootProblems, leftOutWarnings } from './host-mounts.js';
import type { HostFacts, PreflightWarning, VolumeFacts } from './host-facts.js';
import { lookAtVolume, notLookedAt } from './look-at-volume.js';
import { readDisks } from './read-disks.js';
import { readGuestImages } from './guest-images.js';
import { readGroup } from './read-groups.js';
import { programProblems, wantedPrograms } from './required-programs.js';
import { snapshotSizeOf } from './snapshot-size.js';
import { ifThere, poolWarnings, readTarget, type TargetFacts } from './target-facts.js';
import { childProblems, longestName, targetProblems } from './target-problems.js';
import { roomProblems, usersOf, volumeProblems } from './volume-problems.js';

async function listIfThere(zfs: Zfs, name: string, call: CallOptions): Promise<Dataset[]> {
  return ifThere(zfs.list({ ...call, datasets: [name], types: ['filesystem', 'volume', 'snapshot'] }), []);
}

const noProvenance = { runId: undefined, complete: undefined };
const noTarget: TargetFacts = {
  pool: undefined,
  below: [],
  properties: new Map(),
  limits: [],
  provenance: noProvenance,
  verified: undefined,
};
const noDomains: HostDomains = { connectUri: '', known: [], wanted: [] };

/**
 * Whether it stops the look at the host altogether. Anything else may be of one option's making.
 */
function isFundamental(error: unknown): boolean {
  const isLost = TransportError.isInstance(error) || AbortedError.isInstance(error);
  return isLost || PrivilegeError.isInstance(error) || SpawnError.isInstance(error);
}

/** The run that is looked ahead to. */
export interface PreflightRun {
  readonly runId: string;
  readonly epochSeconds: number;
  readonly transport: Transport;
  readonly signal: AbortSignal | undefined;
}

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
  const call = { signal, timeoutMs: options.limits.readMs };
  const { lvm, zfs } = clients;
  const unreadable: PreflightProblem[] = [];
  const warnings: PreflightWarning[] = [];
  const orElse =
    <Value>(value: Value, option: string, given: string) =>
    (error: unknown): Value => {
      if (!CommandError.isInstance(error) || isFundamental(error)) throw error;
      unreadable.push({ option, value: given, problem: error.message, error });
      return value;
    };
  const orWarn =
    (subject: string, what: string) =>
    (error: unknown): void => {
      if (!CommandError.isInstance(error) || isFundamental(error)) throw error;
      warnings.push({ subject, message: `${what}: ${error.message}` });
    };
  const isReadable = (wanted: string): boolean => !unreadable.some(({ option }) => option === wanted);
  const names = options.volumes.map((volume, index) => ({
    ...volumeNames(volume, { mountRoot: options.mountRoot, epochSeconds, runId }),
    option: `volumes[${String(index)}]`,
  }));
  const paths = names.map((volume) => volume.path);
  const given = options.domains.join(', ');
  const poolName = options.target.split('/')[0] ?? '';

  const readGuests = async (): Promise<HostDomains> =>
    // Without guests to pause a host without libvirt will do.
    readDomains(clients.virsh, options.domains, call).catch(
      options.domains.length === 0 ? (): HostDomains => noDomains : orElse(noDomains, 'domains', given),
    );
  const readPlaces = async (): Promise<{ domains: HostDomains; files: Awaited<ReturnType<typeof readDisks>> }> => {
    const domains = await readGuests();
    const onUnknown = orWarn('domains', 'it is not known whether other guests have images on the volumes');
    const places = options.hostRoot === undefined ? paths : [...paths, options.hostRoot.source];
    const files = await readDisks(transport, places, domains, { ...call, onUnknown }).catch(
      orElse(new Map<string, never>(), 'domains', given),
    );
    return { domains, files };
  };
  const [{ domains, files }, mounts, below, groups, looks, programs, target, snapshots] = await Promise.all([
    readPlaces(),
    run(transport, mountsCommand(), call).then(({ stdout }) => parseMounts(stdout)),
    run(transport, devicesBelowCommand(), call).then(({ stdout }) => parseDevicesBelow(stdout)),
    Promise.all(
      [...new Set(names.map(({ volumeGroup }) => volumeGroup))].map((group) => {
        const { option = '', path: volume = '' } = names.find(({ volumeGroup }) => volumeGroup === group) ?? {};
        return readGroup(lvm, group, call).catch(orElse(undefined, option, volume));
      }),
    ).then((found) => found.filter((group) => group !== undefined)),
    Promise.all(
      names.map(async ({ option, path: device }) =>
        lookAtVolume(transport, device, call).catch(orElse(notLookedAt, option, device)),
      ),
    ),
    run(transport, programsCommand({ programs: wantedPrograms }), call).then(({ stdout }) => parsePrograms(stdout)),
    readTarget(zfs, options.target, call).catch(orElse(noTarget, 'target', options.target)),
    options.epochSeconds === undefined || zfsSnapshot.length > longestName
      ? []
      : listIfThere(zfs, zfsSnapshot, call).catch(orElse([], 'target', options.target)),
    poolWarnings(zfs, poolName, call).then(
      (found) => warnings.push(...found),
      orWarn(poolName, `the health of the pool ${poolName} is not known`),
    ),
  ]);

  const targetFolder = mountpointOf(options.target, mounts);
  const state =
    targetFolder === undefined
      ? ''
      : await run(transport, readTargetStateCommand({ targetFolder }), call).then(({ stdout }) => stdout);
  const properties = target.provenance;
  const provenance = provenanceOf(properties, parseTargetState(state));
  const volumes = names.map(({ option: _option, ...volume }, index): VolumeFacts => {
    const facts = groups.find(({ name }) => name === volume.volumeGroup);
    const found = facts?.volumes.find(({ name }) => name === volume.name);
    const extentSizeBytes = facts?.group?.extentSizeBytes ?? 1;
    const { content } = looks[index] ?? notLookedAt;
    const fileSystem = content?.kind === 'content' ? content.type : '';
    return {
      ...volume,
      snapshotMapperName: `${path.posix.basename(found?.dmPath ?? '')}.${String(epochSeconds)}`,
      mountPoint: mountPointOf(volume.path, files, mounts),
      snapshotSizeBytes: found === undefined ? 0 : snapshotSizeOf(found, extentSizeBytes, options),
      fileSystem,
      isChecked: isChecked(fileSystem, programs),
    };
  });
  const placeOf = diskPlaces(paths, files, below);
  // What a volume without a device is in the way of is told of the volume.
  const isPlaced = isReadable('domains') && paths.every((volume) => files.get(volume)?.isDevice === true);
  const known = domains.known.map(({ name }) => name).join(', ');
  const find = (value: string): DomainFacts | undefined =>
    domains.wanted.find(({ name, uuid }) => name === value || uuid === value);
  const guestProblems = (value: string, index: number): string[] => {
    const found = find(value);
    if (found === undefined) return [`the host has no such domain; it has ${known}`];
    const first = options.domains.findIndex((other) => find(other) === found);
    if (first < index) return [`the same guest as domains[${String(first)}]`];
    const uncovered =
      isPlaced && options.uncoveredDisks === 'refuse' ? uncoveredDisksProblem(found, placeOf) : undefined;
    return [domainProblem(found), uncovered].filter((problem) => problem !== undefined);
  };
  const problems: PreflightProblem[] = [
    ...unreadable,
    ...(isReadable('domains') ? options.domains : []).flatMap((value, index) =>
      guestProblems(value, index).map((problem) => ({ option: `domains[${String(index)}]`, value, problem })),
    ),
    ...(isPlaced && options.unlistedGuests === 'refuse'
      ? unlistedGuestsProblems(options, domains.known, domains.wanted, placeOf)
      : []),
    ...names.flatMap((volume, index) => {
      const { option, path: value } = volume;
      const facts = groups.find(({ name }) => name === volume.volumeGroup);
      if (facts === undefined) return [];
      const users = usersOf(index, domains.known, placeOf);
      const found = volumeProblems(volume, facts, looks[index] ?? notLookedAt, users);
      return [...found].map((problem) => ({ option, value, problem }));
    }),
    ...roomProblems(volumes, groups),
    ...programProblems(
      transport.name,
      programs,
      volumes.flatMap((volume) => (volume.isChecked ? [volume.fileSystem] : [])),
    ),
    ...(isReadable('target')
      ? [
          ...targetProblems(options, target, { targetFolder, zfsSnapshot }),
          ...childProblems(options, volumes, target, targetFolder),
        ]
      : []
    ).map((problem) => ({
      option: 'target',
      value: options.target,
      problem,
    })),
    // Where nothing is known of any, nobody could look.
    ...hostRootProblems(options, mounts, files.size > 0 ? files : undefined),
    ...(snapshots.length > 0
      ? [{ option: 'epochSeconds', value: String(epochSeconds), problem: `the snapshot ${zfsSnapshot} exists already` }]
      : []),
  ];
  if (problems.length > 0) throw new PreflightError(problems);
  const guests = await readGuestImages(transport, domains.known, { volumes, files, mounts, placeOf }, call);
  const lvs = groups.flatMap((group) => group.volumes);
  const hostMounts = hostMountsFor(options, volumes, lvs, mounts);
  return {
    epochSeconds,
    connectUri: options.domains.length === 0 ? undefined : domains.connectUri,
    domains: options.domains.flatMap((wanted) => find(wanted) ?? []),
    disksOn: disksOn(domains.wanted, volumes, placeOf),
    volumes,
    guests,
    targetFolder: targetFolder ?? '',
    hostMounts: hostMounts.copied,
    zfsSnapshot,
    provenance,
    verified: target.verified,
    properties,
    state,
    warnings: [
      ...warnings,
      ...(options.unlistedGuests === 'refuse' ? unlistedGuestsWarnings(domains.known, domains.wanted) : []),
      ...provenanceWarnings(options, provenance),
      ...leftOutWarnings(options, hostMounts, mounts),
    ],
  };
}
