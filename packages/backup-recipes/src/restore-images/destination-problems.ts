import { ExitError, run, SpawnError, type CallOptions } from '@quiesce/command';
import { createVirsh } from '@quiesce/virsh';
import { readDomains, type KnownDomain } from '../domains.js';
import { fileIdentitiesCommand, freeSpaceCommand, parseFileIdentities, parseFreeSpace } from '../host/restore-files.js';
import type { PreflightProblem } from '../preflight-error.js';
import type { Batch } from './batches.js';
import type { ResolvedRestoreOptions } from './options.js';

const filesOf = (batches: readonly Batch[]): string[] =>
  batches.flatMap(({ entries }) => entries.flatMap(({ to, type }) => (type === 'file' ? [to] : [])));

/** Guests that run and have a file open that would be replaced. Where there is no libvirt, none. */
async function usersOf(
  { destination }: ResolvedRestoreOptions,
  files: readonly string[],
  call: CallOptions,
): Promise<KnownDomain[]> {
  const virsh = createVirsh({ transport: destination });
  const { known } = await readDomains(virsh, [], call).catch((error: unknown) => {
    if (SpawnError.isInstance(error)) return { known: [] };
    throw error;
  });
  const active = known.filter(({ isActive }) => isActive);
  if (active.length === 0) return [];
  const disks = active.flatMap((domain) => domain.disks.filter((disk) => disk.startsWith('/')));
  const command = fileIdentitiesCommand({ paths: [...new Set([...files, ...disks])] });
  const { stdout } = await run(destination, command, { ...call, successCodes: [0, 123] });
  const found = parseFileIdentities(stdout);
  const replaced = new Set(files.flatMap((file) => found.get(file) ?? file));
  return active.filter((domain) => domain.disks.some((disk) => replaced.has(found.get(disk) ?? disk)));
}

/** The folder that is asked for its room: one that has to be made has none yet. */
const askedOf = ({ to }: ResolvedRestoreOptions, { root }: Batch): string => to.folder ?? root;

async function roomProblems(
  options: ResolvedRestoreOptions,
  batches: readonly Batch[],
  call: CallOptions,
): Promise<PreflightProblem[]> {
  const needed = new Map<string, number>();
  for (const batch of batches) {
    const folder = askedOf(options, batch);
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
  return users.map(({ name }) => {
    const problem = `the guest ${name} runs and has a file open that would be replaced: shut it off first (virsh shutdown)`;
    return { option: 'to', value: name, problem };
  });
}

/** What keeps files from being restored to their places. */
export async function destinationProblems(
  options: ResolvedRestoreOptions,
  batches: readonly Batch[],
  call: CallOptions,
): Promise<PreflightProblem[]> {
  const inTarget = batches.find(({ at, root }) => root === at || root.startsWith(`${at}/`));
  if (inTarget !== undefined && options.destination === options.transport) {
    const problem = 'it lies in the target itself, which only backups write to: give another folder';
    return [{ option: 'to', value: inTarget.root, problem }];
  }
  const problems = await Promise.all([guestProblems(options, batches, call), roomProblems(options, batches, call)]);
  return problems.flat();
}
