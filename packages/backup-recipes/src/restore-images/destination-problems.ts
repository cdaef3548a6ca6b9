import { ExitError, run, SpawnError, type CallOptions } from '@quiesce/command';
import { createVirsh } from '@quiesce/virsh';
import { readDomains, type KnownDomain } from '../domains.js';
import {
  fileIdentitiesCommand,
  fileKindsCommand,
  freeSpaceCommand,
  parseFileIdentities,
  parseFileKinds,
  parseFreeSpace,
} from '../host/destination-files.js';
import type { PreflightProblem } from '../preflight-error.js';
import type { Batch } from './batches.js';
import { imageUsers, type ImageUser } from './image-users.js';
import type { ResolvedRestoreOptions } from './options.js';

const filesOf = (batches: readonly Batch[]): string[] =>
  batches.flatMap(({ entries }) => entries.flatMap(({ to, type }) => (type === 'file' ? [to] : [])));

/**
 * Guests that run and have a file open that would be replaced, or may have. Where there is no
 * libvirt, none.
 */
async function usersOf(
  { destination }: ResolvedRestoreOptions,
  files: readonly string[],
  call: CallOptions,
): Promise<ImageUser[]> {
  const virsh = createVirsh({ transport: destination });
  const { known } = await readDomains(virsh, [], call).catch((error: unknown): { known: readonly KnownDomain[] } => {
    if (SpawnError.isInstance(error)) return { known: [] };
    throw error;
  });
  const active = known.filter(({ isActive }) => isActive);
  if (active.length === 0) return [];
  const disks = active.flatMap((domain) => domain.disks.filter((disk) => disk.startsWith('/')));
  const command = fileIdentitiesCommand({ paths: [...new Set([...files, ...disks])] });
  const { stdout } = await run(destination, command, { ...call, successCodes: [0, 123] });
  return imageUsers(active, files, parseFileIdentities(stdout));
}

async function roomProblems(
  options: ResolvedRestoreOptions,
  batches: readonly Batch[],
  call: CallOptions,
): Promise<PreflightProblem[]> {
  const needed = new Map<string, number>();
  for (const batch of batches) {
    const folder = batch.asked;
    const bytes = batch.entries.reduce((sum, entry) => sum + Math.min(entry.allocatedBytes, entry.sizeBytes), 0);
    needed.set(folder, (needed.get(folder) ?? 0) + bytes);
  }
  const problems: PreflightProblem[] = [];
  for (const [folder, bytes] of needed) {
    try {
      const { stdout } = await run(options.destination, freeSpaceCommand({ folder }), call);
      const free = parseFreeSpace(stdout);
      if (free >= bytes) continue;
      const problem = `it has ${String(free)} bytes left, and ${String(bytes)} are needed beside what is there: make room`;
      problems.push({ option: 'to', value: folder, problem });
    } catch (error) {
      if (!ExitError.isInstance(error)) throw error;
      problems.push({
        option: 'to',
        value: folder,
        problem: 'there is no such folder: make it, or mount what it is in',
        error,
      });
    }
  }
  return problems;
}

/** Guests that keep files from being replaced. */
export async function guestProblems(
  options: ResolvedRestoreOptions,
  batches: readonly Batch[],
  call: CallOptions,
): Promise<PreflightProblem[]> {
  if (options.runningGuests === 'allow') return [];
  const users = await usersOf(options, filesOf(batches), call);
  return users.map(({ name, use }) => {
    const off = 'shut it off first (virsh shutdown)';
    const problem =
      use === 'open'
        ? `the guest ${name} runs and has a file open that would be replaced: ${off}`
        : `the guest ${name} runs, and which files its disks are can't be read, so it may have one open that would be replaced: ${off}, or give runningGuests: 'allow'`;
    return { option: 'to', value: name, problem };
  });
}

/** Places at which there is something that a file must not take the place of. */
async function placeProblems(
  { destination, to }: ResolvedRestoreOptions,
  batches: readonly Batch[],
  call: CallOptions,
): Promise<PreflightProblem[]> {
  // A link at a place where it was is replaced as a file is: what it leads to stays.
  const command = fileKindsCommand({ paths: filesOf(batches), behindLinks: to.file === undefined });
  const { stdout } = await run(destination, command, { ...call, successCodes: [0, 123] });
  return [...parseFileKinds(stdout)].flatMap(([value, kind]): PreflightProblem[] => {
    if (kind === 'file') return [];
    const option = to.file === undefined ? 'to' : 'to.file';
    const instead =
      kind === 'device' || kind === 'link'
        ? 'give another file, or to: { volume: { group, name } } for a new volume'
        : 'move it away, or give another place';
    const what = { folder: 'a folder', link: 'a symbolic link', device: 'a device', other: 'no regular file' }[kind];
    return [{ option, value, problem: `it is ${what}, and only a file is replaced: ${instead}` }];
  });
}

/** What keeps files from being restored to their places. */
export async function destinationProblems(
  options: ResolvedRestoreOptions,
  batches: readonly Batch[],
  call: CallOptions,
): Promise<PreflightProblem[]> {
  const inTarget = batches.find(({ at, real }) => real === at || real.startsWith(`${at}/`));
  if (inTarget !== undefined && options.destination === options.transport) {
    const problem = 'it lies in the target itself, which only backups write to: give another folder';
    return [{ option: 'to', value: inTarget.root, problem }];
  }
  const problems = await Promise.all([
    guestProblems(options, batches, call),
    roomProblems(options, batches, call),
    placeProblems(options, batches, call),
  ]);
  return problems.flat();
}
