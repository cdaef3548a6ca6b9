import { CommandError, run, type CallOptions, type Transport } from '@quiesce/command';
import { createZfs } from '@quiesce/zfs';
import { fileSizesCommand, parseFileSizes, sizeKey, type FileSize, type StateFile } from '../host/file-sizes.js';
import { Journal } from '../journal.js';
import type { RunRecipeOptions } from '../recipe.js';
import { isUnreadable, readStates, type BackupState } from '../target/states.js';
import type { ResolvedListOptions } from './options.js';
import type { BackupList, ListedBackup, ListedGuest, ListEvent } from './report.js';

/** The image of a guest in a state. */
const fileOf = ({ snapshot }: BackupState, { file, folder }: { folder: string; file: string }): StateFile => ({
  ...{ snapshot, file: `${folder}/${file}` },
});

function guestsOf(state: BackupState, sizes: ReadonlyMap<string, FileSize>): ListedGuest[] {
  return state.guests.map(({ images, name, uuid }) => {
    const listed = images.map((image) => {
      const stateFile = fileOf(state, image);
      const size = sizes.get(sizeKey(stateFile));
      const folder = state.folders.find((one) => one.folder === image.folder);
      return {
        ...image,
        at: `${state.folder ?? ''}/${stateFile.file}`,
        sizeBytes: size?.sizeBytes,
        allocatedBytes: size?.allocatedBytes,
        runId: folder?.runId,
        complete: size !== undefined && folder?.complete === true,
      };
    });
    const isOfOneRun = new Set(listed.map(({ runId }) => runId)).size === 1;
    return { name, uuid, images: listed, complete: isOfOneRun && listed.every(({ complete }) => complete) };
  });
}

/** Adds to states how large the images in them are. */
export async function listImages(
  transport: Transport,
  states: readonly BackupState[],
  call: CallOptions,
): Promise<ListedBackup[]> {
  const files = states.flatMap((state) =>
    state.guests.flatMap(({ images }) => images.map((image) => fileOf(state, image))),
  );
  const [now] = states;
  const { stdout } =
    now?.folder === undefined || files.length === 0
      ? { stdout: '' }
      : await run(transport, fileSizesCommand({ targetFolder: now.folder, files }), call);
  const sizes = parseFileSizes(stdout);
  return states.map((state) => ({ ...state, guests: guestsOf(state, sizes) }));
}

/** Lists what a target holds. */
export async function runList(
  { limits, target, transport }: ResolvedListOptions,
  { onEvent, signal }: RunRecipeOptions<ListEvent>,
): Promise<BackupList> {
  const journal = new Journal<'list'>('list', onEvent);
  const call: CallOptions = { signal, timeoutMs: limits.readMs };
  const backups = await journal.step('list', target, async () => {
    const states = await readStates({ transport, zfs: createZfs({ transport }) }, target, call);
    return listImages(transport, states, call);
  });
  const tell = (subject: string, message: string): void => {
    journal.problem('list', subject, new CommandError(message), false);
  };
  const [now] = backups;
  if (now?.folder === undefined) {
    tell(target, `it is not mounted, so that only its properties tell of its data: zfs mount ${target}`);
  }
  for (const { runId, snapshot } of backups.filter(isUnreadable)) {
    tell(
      snapshot ?? target,
      `nothing of run ${runId ?? ''}, which its properties name, can be read in it: look at zpool status`,
    );
  }
  for (const { namedInstead, runId, snapshot } of backups) {
    if (namedInstead === undefined) continue;
    const why = 'it was rolled back, or that run ended before it wrote';
    tell(snapshot ?? target, `it holds run ${runId ?? ''} and not ${namedInstead}, as its properties say: ${why}`);
  }
  return { version: 1, recipe: 'listBackups', target, backups, problems: journal.problems };
}
