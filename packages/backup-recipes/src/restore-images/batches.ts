import path from 'node:path';
import { run, type CallOptions } from '@quiesce/command';
import { mountOf, type Mount } from '../host/mounts.js';
import { listEntriesCommand, parseEntries, type FolderEntry } from '../host/restore-files.js';
import { accessTo, type StateAccess } from '../target/in-state.js';
import { PreflightError, type PreflightProblem } from '../preflight-error.js';
import type { ChosenState, WantedFolder } from './choose-state.js';
import { describeWhat } from './choose-state.js';
import type { ResolvedRestoreOptions } from './options.js';

/** Something that is restored, with its place. */
export interface BatchEntry extends FolderEntry {
  readonly to: string;
}

/** A volume that is made for an image. */
export interface NewVolume {
  readonly group: string;
  readonly name: string;
  /** Its length in bytes: that of the image, rounded up to whole extents. */
  readonly sizeBytes: number;
  /** Its device. */
  readonly device: string;
}

/** What is restored of one folder of a target into one file system, or to one volume. */
export interface Batch {
  /** Where the folder is, for commands that {@link Batch.wrap} has made find it there. */
  readonly from: string;
  /** Where the state is that it is of, for the same. */
  readonly at: string;
  readonly wrap: StateAccess['wrap'];
  /** Where people find the folder. */
  readonly shown: string;
  readonly folder: WantedFolder['folder'];
  /**
   * The folder in which the new files lie until they are whole, on the file system of their places.
   * The device of a volume.
   */
  readonly root: string;
  /** The volume that is made for its only entry. Undefined for what goes to files. */
  readonly volume?: NewVolume;
  /** Its number among those of the restore. */
  readonly number: number;
  /** Folders before what is in them. */
  readonly entries: readonly BatchEntry[];
}

const deviceOf = ({ group, name }: Pick<NewVolume, 'group' | 'name'>): string => `/dev/${group}/${name}`;

/** Where the root of a folder's files goes. */
function rootOf({ folder }: WantedFolder, { to }: ResolvedRestoreOptions): string | undefined {
  if (to.folder !== undefined) return `${to.folder}/${folder.folder}`;
  return folder.place;
}

/**
 * The part of a path that is on one file system of the host. Files must not be moved from one to
 * another: that is copying, and no moment at which it happens.
 */
function fileSystemOf(file: string, mounts: readonly Mount[]): string {
  return mountOf(file, mounts)?.target ?? '/';
}

function batchesOf(
  { state }: ChosenState,
  wanted: WantedFolder,
  entries: readonly FolderEntry[],
  { mounts, options }: { mounts: readonly Mount[]; options: ResolvedRestoreOptions },
): Omit<Batch, 'number'>[] {
  const { folder } = wanted;
  const { to } = options;
  const { at, wrap } = accessTo(state);
  const base = { from: `${at}/${folder.folder}`, at, wrap, shown: `${state.folder ?? ''}/${folder.folder}`, folder };
  const { file, volume } = to;
  if (volume !== undefined) {
    const device = deviceOf(volume);
    return [{ ...base, root: device, entries: entries.map((entry) => ({ ...entry, to: device })) }];
  }
  if (file !== undefined) {
    return [{ ...base, root: path.posix.dirname(file), entries: entries.map((entry) => ({ ...entry, to: file })) }];
  }
  const root = rootOf(wanted, options) ?? '';
  const placed = entries.map((entry) => ({ ...entry, to: path.posix.join(root, entry.name) }));
  if (to.folder !== undefined) return [{ ...base, root, entries: placed }];
  const systems = new Map<string, BatchEntry[]>();
  for (const entry of placed) {
    // A folder lies where what is in it would.
    const system = fileSystemOf(entry.type === 'folder' ? `${entry.to}/x` : entry.to, mounts);
    systems.set(system, [...(systems.get(system) ?? []), entry]);
  }
  return [...systems].map(([system, found]) => ({ ...base, root: system, entries: found }));
}

/** Why what was on the host can't go to its place. */
function placeProblem(
  { folder }: WantedFolder,
  { mounts, options }: { mounts: readonly Mount[]; options: ResolvedRestoreOptions },
): PreflightProblem | undefined {
  if (Object.keys(options.to).length > 0) return undefined;
  const value = folder.folder;
  if (folder.place === undefined) {
    return {
      option: 'to',
      value,
      problem: `${folder.source} was not mounted when it was backed up: give to: { folder }`,
    };
  }
  const isVolume = folder.source.startsWith('/dev/');
  if (!isVolume || mounts.some(({ target }) => target === folder.place)) return undefined;
  return { option: 'to', value, problem: `nothing is mounted on ${folder.place}: mount ${folder.source} there first` };
}

/**
 * Lists what is restored, and where it goes.
 *
 * @throws {@link PreflightError} for what is not there, and for places that are not.
 */
export async function planBatches(
  options: ResolvedRestoreOptions,
  chosen: ChosenState,
  mounts: readonly Mount[],
  call: CallOptions,
): Promise<Batch[]> {
  const problems: PreflightProblem[] = [];
  const found: Omit<Batch, 'number'>[] = [];
  for (const wanted of chosen.wanted) {
    const problem = placeProblem(wanted, { mounts, options });
    if (problem !== undefined) problems.push(problem);
    const { at, wrap } = accessTo(chosen.state);
    const list = listEntriesCommand({ folder: `${at}/${wanted.folder.folder}`, names: wanted.paths });
    const { stdout } = await run(options.transport, wrap(list), call);
    const { entries, missing } = parseEntries(stdout);
    for (const name of missing) {
      const where = chosen.state.snapshot ?? options.target;
      problems.push({ ...describeWhat(options.what), problem: `${wanted.folder.folder}/${name} is not in ${where}` });
    }
    if (entries.length > 0) found.push(...batchesOf(chosen, wanted, entries, { mounts, options }));
  }
  const { file, volume } = options.to;
  const single = file ?? (volume && deviceOf(volume));
  if (single !== undefined && found.some(({ entries }) => entries.some(({ type }) => type !== 'file'))) {
    const option = file === undefined ? 'to.volume' : 'to.file';
    problems.push({ option, value: single, problem: 'it is for a file, and that is none: give { folder }' });
  }
  if (problems.length > 0) throw new PreflightError(problems);
  return found.map((batch, number) => ({ ...batch, number }));
}
