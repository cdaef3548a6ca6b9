import { timeOfRun } from '../run-id.js';
import { PreflightError } from '../preflight-error.js';
import { isUnreadable, type BackupState } from '../target/states.js';
import type { FolderState } from '../target/target-state.js';
import type { ResolvedRestoreOptions, ResolvedWhat } from './options.js';
import type { RestoreWarning } from './report.js';

/** What is wanted of one folder of a target. */
export interface WantedFolder {
  readonly folder: FolderState;
  /** Paths in it, of files or folders. Undefined for all of it. */
  readonly paths: readonly string[] | undefined;
}

/** A state, and what is wanted of it. */
export interface ChosenState {
  readonly state: BackupState;
  readonly wanted: readonly WantedFolder[];
  /** When the run was that it is of; the oldest of several. */
  readonly at: Date | undefined;
  readonly warnings: readonly RestoreWarning[];
}

const isOfVolume = ({ source }: FolderState): boolean => source.startsWith('/dev/');

/** Collects paths by their folders. */
function byFolder(
  state: BackupState,
  found: readonly { readonly folder: string; readonly path: string }[],
): WantedFolder[] | undefined {
  const names = [...new Set(found.map(({ folder }) => folder))];
  const wanted = names.flatMap((name) => {
    const folder = state.folders.find((one) => one.folder === name);
    const paths = found.flatMap((one) => (one.folder === name ? [one.path] : []));
    return folder === undefined ? [] : [{ folder, paths: [...new Set(paths)] }];
  });
  return wanted.length === names.length && names.length > 0 ? wanted : undefined;
}

/** The folder of the host's own files that a path lies in, and the path in it. */
function inHostRoot(state: BackupState, file: string): { folder: string; path: string } | undefined {
  for (const folder of state.folders) {
    const { place } = folder;
    if (isOfVolume(folder) || place === undefined) continue;
    const parent = place === '/' ? '' : place;
    if (file.startsWith(`${parent}/`)) return { folder: folder.folder, path: file.slice(parent.length + 1) };
  }
  return undefined;
}

/** What is wanted of a state. Undefined where it has not all of that. */
function wantedOf(state: BackupState, what: ResolvedWhat): readonly WantedFolder[] | undefined {
  const whole = (folders: readonly FolderState[]): WantedFolder[] | undefined =>
    folders.length === 0 ? undefined : folders.map((folder) => ({ folder, paths: undefined }));
  switch (what.kind) {
    case 'everything':
      return whole(state.folders.filter(isOfVolume));
    case 'volume':
      return whole(state.folders.filter(({ source }) => source === what.volume));
    case 'images':
      return byFolder(
        state,
        what.images.map((image) => ({ folder: image.replace(/\/[^]*$/, ''), path: image.replace(/^[^/]*\//, '') })),
      );
    case 'guest': {
      const guest = state.guests.find(({ name, uuid }) => name === what.guest || uuid === what.guest);
      return (
        guest &&
        byFolder(
          state,
          guest.images.map(({ file, folder }) => ({ folder, path: file })),
        )
      );
    }
    case 'hostFiles': {
      const places = what.hostFiles.map((file) => inHostRoot(state, file));
      const found = places.filter((place) => place !== undefined);
      return found.length === places.length ? byFolder(state, found) : undefined;
    }
  }
}

/** What was asked for, as text. */
export function describeWhat(what: ResolvedWhat): { option: string; value: string } {
  switch (what.kind) {
    case 'everything':
      return { option: 'restore', value: 'everything' };
    case 'volume':
      return { option: 'restore.volume', value: what.volume };
    case 'images':
      return { option: 'restore.images', value: what.images.join(', ') };
    case 'guest':
      return { option: 'restore.guest', value: what.guest };
    case 'hostFiles':
      return { option: 'restore.hostFiles', value: what.hostFiles.join(', ') };
  }
}

/** When the oldest of the runs was that folders are of. */
function timeOf(wanted: readonly WantedFolder[]): number {
  return Math.min(...wanted.map(({ folder }) => timeOfRun(folder.runId)?.getTime() ?? Number.NEGATIVE_INFINITY));
}

/** When the newest of them was. */
function latestOf(wanted: readonly WantedFolder[]): number {
  return Math.max(...wanted.map(({ folder }) => timeOfRun(folder.runId)?.getTime() ?? Number.POSITIVE_INFINITY));
}

/** Which images of a guest are of more than one run, as text. They were not frozen together. */
function mixedRuns(guest: string, folders: readonly FolderState[]): string | undefined {
  if (new Set(folders.map(({ runId }) => runId)).size < 2) return undefined;
  const runs = folders.map(({ folder, runId }) => `${folder} of run ${runId}`).join(', ');
  return `the images of ${guest} are of several runs (${runs}), and do not fit together`;
}

/** Of guests that would get images of more than one run. */
function mixedWarnings(state: BackupState, wanted: readonly WantedFolder[]): RestoreWarning[] {
  return state.guests.flatMap(({ images, name }) => {
    const folders = wanted.filter(({ folder, paths }) =>
      images.some((image) => image.folder === folder.folder && (paths === undefined || paths.includes(image.file))),
    );
    const message = mixedRuns(
      name,
      folders.map(({ folder }) => folder),
    );
    return message === undefined ? [] : [{ subject: name, message }];
  });
}

/** Of a state that was compared with its checksums, and was not what they tell. */
function damageWarnings({ snapshot, verified }: BackupState, target: string): RestoreWarning[] {
  if (verified?.outcome !== 'damaged') return [];
  const message = `it was found damaged on ${verified.at.toISOString()}: see verifyBackup for what of it`;
  return [{ subject: snapshot ?? target, message }];
}

/** Of a newer run, of which nothing can be read. */
function unreadableWarnings(
  states: readonly BackupState[],
  { from, limit, target }: { readonly from: number; readonly limit: number; readonly target: string },
): RestoreWarning[] {
  return states.flatMap((state) => {
    const { at, runId = '', snapshot } = state;
    const time = at?.getTime();
    if (time === undefined || time <= from || time > limit || !isUnreadable(state)) return [];
    const message = `nothing can be read of run ${runId} of ${new Date(time).toISOString()}, which is newer than what is restored: see zpool status, and try again`;
    return [{ subject: snapshot ?? target, message }];
  });
}

/** Why not all that is wanted is in a state as one run froze it. */
function whyIncomplete({ wanted }: ChosenState, what: ResolvedWhat): string | undefined {
  const folders = wanted.map(({ folder }) => folder);
  const torn = folders.filter(({ complete }) => !complete).map(({ folder }) => folder);
  if (torn.length > 0) return `not every byte of its run is in it (${torn.join(', ')})`;
  return what.kind === 'guest' ? mixedRuns(what.guest, folders) : undefined;
}

function known(states: readonly BackupState[], what: ResolvedWhat): string {
  const unread = states.filter(isUnreadable).map(({ runId = '' }) => runId);
  if (unread.length > 0 && states.every(({ folders }) => folders.length === 0)) {
    return `nothing can be read of ${unread.join(', ')}, which wrote it: see zpool status`;
  }
  if (what.kind === 'guest') {
    const names = new Set(states.flatMap(({ guests }) => guests.map(({ name }) => name)));
    return names.size === 0 ? 'it tells of no guests' : `it has ${[...names].join(', ')}`;
  }
  const folders = new Set(
    states.flatMap((state) => state.folders.map(({ folder, source }) => `${folder} (${source})`)),
  );
  return folders.size === 0 ? 'no run of ours wrote there' : `it has ${[...folders].join(', ')}`;
}

/**
 * Chooses the state of a target that is restored from.
 *
 * @param states - What the target holds now, and then its snapshots.
 * @throws {@link PreflightError} where there is none, with what there is.
 */
export function chooseState(
  { backup, incomplete, target, what }: Pick<ResolvedRestoreOptions, 'backup' | 'incomplete' | 'target' | 'what'>,
  states: readonly BackupState[],
): ChosenState {
  const [now] = states;
  if (now?.folder === undefined) {
    const problem = `it is not mounted, so nothing in it can be read: zfs mount ${target}`;
    throw new PreflightError([{ option: 'target', value: target, problem }]);
  }
  const having = states.flatMap((state): ChosenState[] => {
    const wanted = wantedOf(state, what);
    if (wanted === undefined) return [];
    const time = timeOf(wanted);
    const warnings = [...damageWarnings(state, target), ...mixedWarnings(state, wanted)];
    return [{ state, wanted, at: Number.isFinite(time) ? new Date(time) : undefined, warnings }];
  });
  if (having.length === 0) {
    throw new PreflightError([
      { ...describeWhat(what), problem: `the target has no such thing: ${known(states, what)}` },
    ]);
  }
  const nameOf = ({ snapshot }: BackupState): string => snapshot ?? 'now';
  const refuse = (value: string, problem: string): PreflightError =>
    new PreflightError([{ option: 'backup', value, problem }]);
  if (typeof backup === 'string' && backup !== 'newest') {
    const named = backup === 'now' ? now : states.find(({ snapshot }) => snapshot === backup);
    if (named === undefined) throw refuse(backup, 'there is no such snapshot: see listBackups');
    const chosen = having.find(({ state }) => state === named);
    if (chosen === undefined) throw refuse(backup, `${describeWhat(what).value} is not in it: ${known([named], what)}`);
    const why = whyIncomplete(chosen, what);
    if (incomplete === 'allow' || why === undefined) return chosen;
    throw refuse(backup, `${why}: take another state, or incomplete: 'allow'`);
  }
  const complete = having.filter((one) => whyIncomplete(one, what) === undefined);
  const limit = backup instanceof Date ? backup.getTime() : Number.POSITIVE_INFINITY;
  // Of the same run's data what the target holds now comes first: no snapshot has to be mounted.
  const fitting = complete
    .filter(({ wanted }) => latestOf(wanted) <= limit)
    .toSorted((one, other) => timeOf(other.wanted) - timeOf(one.wanted));
  const sound = fitting.findIndex(({ state }) => state.verified?.outcome !== 'damaged');
  const chosen = fitting[Math.max(sound, 0)];
  if (chosen !== undefined) {
    const passedOver = fitting.slice(0, Math.max(sound, 0)).flatMap(({ state }) => damageWarnings(state, target));
    const unread = unreadableWarnings(states, { from: timeOf(chosen.wanted), limit, target });
    return { ...chosen, warnings: [...unread, ...passedOver, ...chosen.warnings] };
  }
  const value = backup instanceof Date ? backup.toISOString() : backup;
  const oldest = complete.toSorted((one, other) => timeOf(one.wanted) - timeOf(other.wanted))[0];
  throw refuse(
    value,
    oldest === undefined
      ? `no state holds every byte of it${what.kind === 'guest' ? ' of one run' : ''}: see listBackups`
      : `no complete state is so old: the oldest is of ${new Date(timeOf(oldest.wanted)).toISOString()} (${nameOf(oldest.state)})`,
  );
}
