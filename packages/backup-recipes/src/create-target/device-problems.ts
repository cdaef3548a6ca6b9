import { run, SpawnError, type CallOptions } from '@quiesce/command';
import { createVirsh } from '@quiesce/virsh';
import { readDomains, type KnownDomain } from '../domains.js';
import { blkidCommand, blkidSuccessCodes, parseBlkid } from '../host/blkid.js';
import { devicesBelowCommand, parseDevicesBelow } from '../host/devices-below.js';
import { fileDevicesCommand, fileDevicesSuccessCodes, parseFileDevices } from '../host/file-devices.js';
import type { Mount } from '../host/mounts.js';
import { fileIdentitiesCommand, parseFileIdentities } from '../host/destination-files.js';
import type { PreflightProblem } from '../preflight-error.js';
import type { ResolvedCreateOptions } from './options.js';

/** All guests of the host. Where there is no libvirt, none. */
async function knownGuests({ transport }: ResolvedCreateOptions, call: CallOptions): Promise<readonly KnownDomain[]> {
  const { known } = await readDomains(createVirsh({ transport }), [], call).catch((error: unknown) => {
    if (SpawnError.isInstance(error)) return { known: [] };
    throw error;
  });
  return known;
}

/** Guests with a disk that libvirt can't place: it may be on any device. */
function unknownDisks(guests: readonly KnownDomain[]): PreflightProblem[] {
  const unplaced = guests.filter(({ disks }) => disks.some((disk) => disk === 'unknown' || disk === 'volume'));
  return unplaced.map(({ name }) => {
    const problem = 'libvirt does not tell where all of its disks are, so one may be on a device named here';
    return { option: 'mirror', value: name, problem: `${problem}: start its storage pool first (virsh pool-start)` };
  });
}

/** What blkid sees on a device: also swap, what a pool was made of, and an md's member. */
async function contentOf(
  { transport }: ResolvedCreateOptions,
  device: string,
  call: CallOptions,
): Promise<string | undefined> {
  const found = parseBlkid(
    await run(transport, blkidCommand({ device }), { ...call, successCodes: blkidSuccessCodes }),
  );
  if (found.kind === 'nothing') return undefined;
  const what =
    found.kind === 'ambivalent'
      ? 'are signatures of several things'
      : found.kind === 'partitions'
        ? `is a partition table (${found.type})`
        : `is ${found.type}`;
  return `there ${what} on it: name another, or empty this one for good (wipefs --all)`;
}

/** A device and all that it lies on, by their numbers. */
function withBelow(device: string, below: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set([device]);
  // What is added to a set while it is gone through comes up too.
  for (const one of found) for (const under of below.get(one) ?? []) found.add(under);
  return found;
}

/**
 * Looks at what a pool would be made of, and tells what is on it or uses it. `zpool create` does
 * that with disks that have a GPT of its own kind alone: of others it asks blkid for a file system
 * on the whole of it, and takes one whose partitions hold everything.
 */
export async function deviceProblems(
  options: ResolvedCreateOptions,
  mounts: readonly Mount[],
  call: CallOptions,
): Promise<PreflightProblem[]> {
  const { mirror, transport } = options;
  const guests = await knownGuests(options, call);
  const paths = [
    ...new Set([...mirror, ...guests.flatMap(({ disks }) => disks.filter((disk) => disk.startsWith('/')))]),
  ];
  const [devices, identities, below] = await Promise.all([
    run(transport, fileDevicesCommand({ paths }), { ...call, successCodes: fileDevicesSuccessCodes }),
    run(transport, fileIdentitiesCommand({ paths }), { ...call, successCodes: fileDevicesSuccessCodes }),
    run(transport, devicesBelowCommand(), call),
  ]);
  const [facts, files] = [parseFileDevices(devices.stdout), parseFileIdentities(identities.stdout)];
  const under = parseDevicesBelow(below.stdout);
  /** The same for all names of a file or a device. */
  const identityOf = (path: string): string => {
    const fact = facts.get(path);
    return fact?.isDevice === true ? fact.device : `file ${files.get(path) ?? path}`;
  };
  const problems = unknownDisks(guests);
  for (const [index, value] of mirror.entries()) {
    const say = (problem: string): unknown => problems.push({ option: `mirror[${String(index)}]`, value, problem });
    const fact = facts.get(value);
    if (fact === undefined || fact.isFolder) {
      say('there is no such device: see ls -l /dev/disk/by-id');
      continue;
    }
    const own = identityOf(value);
    if (mirror.slice(0, index).some((other) => identityOf(other) === own))
      say('named twice, the other by another name');
    const content = await contentOf(options, value, call);
    if (content !== undefined) say(content);
    const parts = withBelow(own, under);
    const user = guests.find(({ disks }) => disks.some((disk) => parts.has(identityOf(disk))));
    if (user !== undefined)
      say(`it is a disk of the guest ${user.name}: name another, or detach it (virsh detach-disk)`);
    const mounted = mounts.find(({ device }) => parts.has(device));
    if (mounted !== undefined) say(`it is mounted on ${mounted.target}: name another`);
    if ([...under.values()].some((ones) => ones.includes(own))) {
      say('it has partitions, or another device is made of it: name another (see lsblk)');
    }
  }
  return problems;
}
