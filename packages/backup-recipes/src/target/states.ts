import { run, type CallOptions, type Transport } from '@quiesce/command';
import { DatasetNotFoundError, type Property, type Zfs, type ZfsGetOptions } from '@quiesce/zfs';
import { mountpointOf, mountsCommand, parseMounts } from '../host/mounts.js';
import { PreflightError } from '../preflight-error.js';
import { timeOfRun } from '../run-id.js';
import type { GuestRecord } from './guests.js';
import { provenanceOf, provenancePropertyNames, readProvenance, saidHere } from './provenance.js';
import { parseStates, readStatesCommand, type FilesOfState } from './read-states-command.js';
import type { FolderState } from './target-state.js';
import { parseVerified, verifiedProperty, type VerifiedState } from './verified.js';

/**
 * A state of a target that can be restored from: what it holds now, or what one of its snapshots
 * holds.
 */
export interface BackupState {
  /** Name of the ZFS snapshot, as `archives/backups@daily.1364083186`. Undefined for now. */
  readonly snapshot: string | undefined;
  /**
   * Where people find its files, as `/archives/backups/.zfs/snapshot/daily.1364083186`. Undefined
   * where the target is not mounted.
   */
  readonly folder: string | undefined;
  /** The run whose data it holds. Undefined where no run of ours wrote it, or it is not known. */
  readonly runId: string | undefined;
  /** When that run was. */
  readonly at: Date | undefined;
  /**
   * Whether every folder of it holds every byte. Undefined where `runId` is, and where nothing of
   * it can be read in a target that is mounted.
   */
  readonly complete: boolean | undefined;
  /**
   * The run that its properties name, where its data are another's: the target was rolled back, or
   * that run ended before it wrote.
   */
  readonly namedInstead: string | undefined;
  /** Who made the snapshot: `'run'` for a recipe of ours. Undefined for what it holds now. */
  readonly madeBy: 'run' | 'other' | undefined;
  /** When the snapshot was made. Undefined for what the target holds now. */
  readonly createdAt: Date | undefined;
  /** What would be free without the snapshot alone, in bytes. */
  readonly usedBytes: number | undefined;
  /** What it holds, in bytes. */
  readonly referencedBytes: number | undefined;
  /** How many holds keep the snapshot. */
  readonly holds: number;
  /** Datasets that were cloned from the snapshot. */
  readonly clones: readonly string[];
  /** What ZFS tells it from all others by, on other hosts too. */
  readonly guid: string;
  /** When it was last compared with its checksums. Undefined where it was not. */
  readonly verified: VerifiedState | undefined;
  /** Its folders, each with the run that it is of. Empty where they can't be looked at. */
  readonly folders: readonly FolderState[];
  /** Guests whose images are in it. Empty where they can't be looked at. */
  readonly guests: readonly GuestRecord[];
}

/** Whether its files should be there, and nothing of its run can be read in them. */
export function isUnreadable({ folder, folders, runId }: Pick<BackupState, 'folder' | 'folders' | 'runId'>): boolean {
  return runId !== undefined && folder !== undefined && folders.length === 0;
}

const nativeProperties = ['creation', 'used', 'referenced', 'userrefs', 'clones', 'guid'] as const;

type Properties = Readonly<Record<string, Property>>;

const numberOf = (properties: Properties, name: string): number | undefined => {
  const value = properties[name]?.value;
  return typeof value === 'number' ? value : undefined;
};

// Of which one command reads, within one time limit.
const statesAtOnce = 50;
// The definitions of all guests are in each.
const maximumOutputBytes = 256 * 1024 ** 2;

function stateOf(
  { files, folder, snapshot }: Pick<BackupState, 'snapshot' | 'folder'> & { files: FilesOfState | undefined },
  properties: Properties,
): BackupState {
  const named = readProvenance(properties);
  // So a run marks a snapshot of what no run had written.
  const said = named.runId === 'none' ? { runId: undefined, complete: undefined } : named;
  const { complete, namedInstead, runId } =
    files === undefined ? { ...said, namedInstead: undefined } : provenanceOf(said, files.state);
  const hasFolders = (files?.state.folders.length ?? 0) > 0;
  const creation = properties['creation']?.value;
  const createdAt = creation instanceof Date && snapshot !== undefined ? creation : undefined;
  const isOurs = provenancePropertyNames.some((name) => saidHere(properties, name) !== undefined);
  const clones = properties['clones']?.text ?? '';
  return {
    snapshot,
    folder,
    runId,
    at: runId === undefined ? undefined : timeOfRun(runId),
    // Its properties alone prove nothing where its files should be there.
    complete: folder !== undefined && runId !== undefined && complete === true && !hasFolders ? undefined : complete,
    namedInstead,
    madeBy: snapshot === undefined ? undefined : isOurs ? 'run' : 'other',
    createdAt,
    usedBytes: numberOf(properties, 'used'),
    referencedBytes: numberOf(properties, 'referenced'),
    holds: numberOf(properties, 'userrefs') ?? 0,
    clones: clones === '' || clones === '-' ? [] : clones.split(','),
    guid: properties['guid']?.text ?? '',
    verified: parseVerified(saidHere(properties, verifiedProperty), runId),
    folders: files?.state.folders ?? [],
    guests: files?.guests?.guests ?? [],
  };
}

/** What is asked of ZFS for that. */
export function statesOptions(target: string): ZfsGetOptions {
  const properties = [...nativeProperties, ...provenancePropertyNames, verifiedProperty];
  return { datasets: target, depth: 1, types: ['filesystem', 'snapshot'], properties };
}

/**
 * Looks at all that a target can be restored from: what it holds now, and then its snapshots, the
 * newest first. It only reads, and mounts the snapshots where nobody else sees them.
 *
 * @throws {@link PreflightError} where there is no such dataset.
 */
export async function readStates(
  { transport, zfs }: { readonly transport: Transport; readonly zfs: Zfs },
  target: string,
  call: CallOptions,
): Promise<BackupState[]> {
  const [found, mounts] = await Promise.all([
    zfs.get({ ...call, ...statesOptions(target) }).catch((error: unknown) => {
      if (!DatasetNotFoundError.isInstance(error)) throw error;
      const problem = 'there is no such dataset: correct the name, or import its pool (zpool import)';
      throw new PreflightError([{ option: 'target', value: target, problem, error }]);
    }),
    run(transport, mountsCommand(), call).then(({ stdout }) => parseMounts(stdout)),
  ]);
  const targetFolder = mountpointOf(target, mounts);
  const names = Object.keys(found).flatMap((name) =>
    name.startsWith(`${target}@`) ? [name.slice(target.length + 1)] : [],
  );
  const files = new Map<string, FilesOfState>();
  const all = targetFolder === undefined ? [] : ['', ...names];
  for (let from = 0; targetFolder !== undefined && from < all.length; from += statesAtOnce) {
    const command = readStatesCommand({
      dataset: target,
      targetFolder,
      snapshots: all.slice(from, from + statesAtOnce),
    });
    const { stdout } = await run(transport, command, { ...call, maximumOutputBytes });
    for (const [name, read] of parseStates(stdout)) files.set(name, read);
  }
  const folderOf = (name: string): string | undefined =>
    targetFolder === undefined || name === '' ? targetFolder : `${targetFolder}/.zfs/snapshot/${name}`;
  const states = ['', ...names].map((name) => {
    const snapshot = name === '' ? undefined : `${target}@${name}`;
    return stateOf({ snapshot, folder: folderOf(name), files: files.get(name) }, found[snapshot ?? target] ?? {});
  });
  // ZFS lists them in the order in which they were made.
  return [...states.slice(0, 1), ...states.slice(1).toReversed()];
}
