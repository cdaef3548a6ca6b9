import path from 'node:path';
import { run, type CallOptions } from '@quiesce/command';
import { keptFilesCommand, parseKeptFiles, type KeptFiles } from '../host/kept-files.js';
import { mountOf, type Mount } from '../host/mounts.js';
import { parseRealPaths, realPathsCommand } from '../host/real-paths.js';
import { listEntriesCommand, parseEntries, type FolderEntry } from '../host/restore-files.js';
import { accessTo, type StateAccess } from '../target/in-state.js';
import { manifestPath } from '../target/manifest.js';
import { PreflightError, type PreflightProblem } from '../preflight-error.js';
import type { ChosenState, WantedFolder } from './choose-state.js';
import { describeWhat } from './choose-state.js';
import { keptProblems } from './kept-problems.js';
import type { ResolvedRestoreOptions } from './options.js';
import type { RestoreWarning } from './report.js';

// Of a million files with long names.
const maximumManifestBytes = 256 * 1024 ** 2;

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
  /** Where that is behind symbolic links. */
  readonly real: string;
  /** A folder on that file system that is asked for its room: the other may have to be made. */
  readonly asked: string;
  /** What was kept of the folder when it was frozen. */
  readonly kept: KeptFiles;
  /** The volume that is made for its only entry. Undefined for what goes to files. */
  readonly volume?: NewVolume;
  /** Its number among those of the restore. */
  readonly number: number;
  /** Folders before what is in them. */
  readonly entries: readonly BatchEntry[];
}

/** What batches are planned by. */
interface PlanFacts {
  readonly options: ResolvedRestoreOptions;
  readonly mounts: readonly Mount[];
  readonly call: CallOptions;
}

/** What is restored, and what is to be known of it. */
export interface PlannedBatches {
  readonly batches: readonly Batch[];
  readonly warnings: readonly RestoreWarning[];
}

const deviceOf = ({ group, name }: Pick<NewVolume, 'group' | 'name'>): string => `/dev/${group}/${name}`;

/** Where the root of a folder's files goes. */
function rootOf({ folder }: WantedFolder, { to }: ResolvedRestoreOptions): string | undefined {
  if (to.folder !== undefined) return `${to.folder}/${folder.folder}`;
  return folder.place;
}

/** Where a part of a folder goes. */
type Destination = Pick<Batch, 'root' | 'real' | 'asked' | 'entries'>;

/** The folder that something goes to, of which it is asked what file system it is on. */
function parentOf({ to, type }: BatchEntry): string {
  // A folder lies where what is in it would.
  return type === 'folder' ? to : path.posix.dirname(to);
}

/**
 * Splits what goes to files by the file systems of the host. Files must not be moved from one to
 * another: that is copying, and no moment at which it happens.
 *
 * @param root - The folder that all goes below. Undefined for the places where it was.
 */
async function destinationsOf(
  { destination, to }: ResolvedRestoreOptions,
  entries: readonly BatchEntry[],
  { call, mounts, root }: { root: string | undefined; mounts: readonly Mount[]; call: CallOptions },
): Promise<Destination[]> {
  const asked = to.folder ?? root;
  const paths = [...new Set([...entries.map(parentOf), ...[root, asked].filter((one) => one !== undefined)])];
  const { stdout } = await run(destination, realPathsCommand({ paths, missing: true }), call);
  const reals = parseRealPaths(stdout, paths);
  const realOf = (folder: string): string => reals.get(folder) ?? folder;
  const systemOf = (folder: string): string =>
    mountOf(`${realOf(folder)}/x`.replace(/^\/\//, '/'), mounts)?.target ?? '/';
  const systems = new Map<string, BatchEntry[]>();
  for (const entry of entries) {
    const system = systemOf(parentOf(entry));
    systems.set(system, [...(systems.get(system) ?? []), entry]);
  }
  return [...systems].map(([system, found]): Destination => {
    if (root === undefined || asked === undefined || systemOf(root) !== system) {
      return { root: system, real: system, asked: system, entries: found };
    }
    return { root, real: realOf(root), asked: systemOf(asked) === system ? asked : system, entries: found };
  });
}

async function batchesOf(
  { state }: ChosenState,
  wanted: WantedFolder,
  entries: readonly FolderEntry[],
  { kept, options, ...facts }: PlanFacts & { kept: KeptFiles },
): Promise<Omit<Batch, 'number'>[]> {
  const { folder } = wanted;
  const { to } = options;
  const { at, wrap } = accessTo(state);
  const shown = `${state.folder ?? ''}/${folder.folder}`;
  const base = { from: `${at}/${folder.folder}`, at, wrap, shown, folder, kept };
  const { file, volume } = to;
  if (volume !== undefined) {
    const device = deviceOf(volume);
    const where = { root: device, real: device, asked: device };
    return [{ ...base, ...where, entries: entries.map((entry) => ({ ...entry, to: device })) }];
  }
  const root = rootOf(wanted, options) ?? '';
  const placed = entries.map((entry) => ({ ...entry, to: file ?? path.posix.join(root, entry.name) }));
  const below = file === undefined ? to.folder && root : path.posix.dirname(file);
  const destinations = await destinationsOf(options, placed, { ...facts, root: below });
  return destinations.map((destination) => ({ ...base, ...destination }));
}

/** Why what was on the host can't go to its place. */
function placeProblem(
  { folder }: WantedFolder,
  { mounts, options }: Pick<PlanFacts, 'mounts' | 'options'>,
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
): Promise<PlannedBatches> {
  const problems: PreflightProblem[] = [];
  const warnings: RestoreWarning[] = [...chosen.warnings];
  const found: Omit<Batch, 'number'>[] = [];
  const { at, wrap } = accessTo(chosen.state);
  const where = chosen.state.snapshot ?? options.target;
  for (const wanted of chosen.wanted) {
    const { folder, paths } = wanted;
    const problem = placeProblem(wanted, { mounts, options });
    if (problem !== undefined) problems.push(problem);
    const list = listEntriesCommand({ folder: `${at}/${folder.folder}`, names: paths });
    const manifest = manifestPath(at, folder.folder);
    const keptCommand = keptFilesCommand({ manifest, runId: folder.runId, names: paths });
    const [listed, told] = await Promise.all([
      run(options.transport, wrap(list), call),
      run(options.transport, wrap(keptCommand), { ...call, maximumOutputBytes: maximumManifestBytes }),
    ]);
    const { entries, linked, missing, sockets } = parseEntries(listed.stdout);
    const refuse = (name: string, text: string): void => {
      problems.push({ ...describeWhat(options.what), problem: `${folder.folder}/${name} ${text}` });
    };
    for (const name of missing) refuse(name, `is not in ${where}`);
    for (const { link, name } of linked) {
      refuse(name, `is behind the symbolic link ${link}, which is restored as a link alone: name what it leads to`);
    }
    const kept = parseKeptFiles(told.stdout);
    const unsound = keptProblems(options, chosen.state, { folder, entries, kept, missing });
    problems.push(...unsound.problems);
    warnings.push(...unsound.warnings);
    const [subject] = sockets;
    if (subject !== undefined) {
      const names = `${subject}${sockets.length > 1 ? ` and ${String(sockets.length - 1)} more` : ''}`;
      const message = `sockets are left out, whoever listens makes them anew: ${names}`;
      warnings.push({ subject: `${where}: ${folder.folder}`, message });
    }
    const left = new Set(sockets);
    const restored = entries.filter(({ name }) => !left.has(name));
    if (restored.length === 0 || problem !== undefined) continue;
    found.push(...(await batchesOf(chosen, wanted, restored, { kept, mounts, options, call })));
  }
  const { file, volume } = options.to;
  const single = file ?? (volume && deviceOf(volume));
  if (single !== undefined && found.some(({ entries }) => entries.some(({ type }) => type !== 'file'))) {
    const option = file === undefined ? 'to.volume' : 'to.file';
    problems.push({ option, value: single, problem: 'it is for a file, and that is none: give { folder }' });
  }
  if (problems.length > 0) throw new PreflightError(problems);
  return { batches: found.map((batch, number) => ({ ...batch, number })), warnings };
}
