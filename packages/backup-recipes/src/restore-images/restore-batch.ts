import { CommandError, ExitError, lines, pipe, run, toShell, TransportError } from '@quiesce/command';
import { parseSums, sumsCommand } from '../host/file-sums.js';
import {
  closeRestoreCommand,
  copiedBytes,
  copyFilesCommand,
  openRestoreCommand,
  packCommand,
  restoreFolderOf,
  unpackCommand,
} from '../host/restore-files.js';
import { parsePlaced, placeFilesCommand } from '../host/place-files.js';
import type { Batch, BatchEntry } from './batches.js';
import { guestProblems } from './destination-problems.js';
import type { RestoredFile } from './report.js';
import { restoreVolume } from './restore-volume.js';
import { seldom, tellProgress, type RestoreState } from './state.js';
import { differenceError, wantedSums } from './wanted-sums.js';

const filesOf = ({ entries }: Batch): BatchEntry[] => entries.filter(({ type }) => type === 'file');

function newFolder({ root }: Batch, { runId }: RestoreState): string {
  return restoreFolderOf({ root, runId });
}

async function copy(state: RestoreState, batch: Batch): Promise<void> {
  const { options, signal } = state;
  const { destination, limits, transport } = options;
  const names = batch.entries.map(({ name }) => name);
  const totalBytes = batch.entries.reduce((sum, { allocatedBytes }) => sum + allocatedBytes, 0);
  const to = newFolder(batch, state);
  const tell = (transferredBytes: number): void => {
    tellProgress(state, { subject: batch.root, totalBytes, transferredBytes });
  };
  const call = { signal, timeoutMs: limits.copyMs };
  if (transport === destination) {
    for await (const line of lines(transport, batch.wrap(copyFilesCommand({ from: batch.from, to, names })), call)) {
      const bytes = copiedBytes(line);
      if (bytes !== undefined) tell(bytes);
    }
    return;
  }
  await pipe(
    [
      { transport, command: batch.wrap(packCommand({ folder: batch.from, names })) },
      { transport: destination, command: unpackCommand({ folder: to }) },
    ],
    { ...call, onBytes: seldom(tell) },
  );
}

// tar tells of a file system that is full by a write that was too short.
const noRoom = /No space left on device|Disk quota exceeded|Wrote only \d+ of \d+ bytes/;

/** What to do where there is no room any more: what was free before was taken by others. */
function fullError({ entries, root }: Batch, error: unknown): unknown {
  if (!ExitError.isInstance(error) || !noRoom.test(error.stderr)) return error;
  const bytes = entries.reduce((sum, { allocatedBytes }) => sum + allocatedBytes, 0);
  const next = `make room for ${String(bytes)} bytes there beside what is there, and restore again`;
  return new CommandError(`${root} is out of space: ${next}; nothing was replaced`, { cause: error });
}

const namesOf = (entries: readonly BatchEntry[]): string[] => entries.map(({ name }) => name);

/**
 * Compares the new files with what was frozen, by the checksums that were kept of it, else with the
 * target's copy.
 *
 * @returns how each was compared, by its name. One that differs has none.
 */
async function verify(state: RestoreState, batch: Batch): Promise<Map<string, RestoredFile['verifiedBy']>> {
  const { isDry, journal, options, signal } = state;
  const { destination, limits } = options;
  const files = filesOf(batch);
  if (isDry) return new Map();
  const names = namesOf(files);
  const command = sumsCommand({ folder: newFolder(batch, state), names });
  const [wanted, { stdout }] = await Promise.all([
    wantedSums(state, batch, names),
    run(destination, command, { signal, timeoutMs: limits.verifyMs }),
  ]);
  const found = parseSums(stdout);
  const compared = new Map<string, RestoredFile['verifiedBy']>();
  for (const { name, to } of files) {
    const { by, sum } = wanted(name);
    if (sum !== undefined && found.get(name) === sum) {
      compared.set(name, by);
      continue;
    }
    journal.problem('verify', to, differenceError(batch, name, by));
  }
  return compared;
}

const lookText = 'see what is there (ls -l), and restore again';

/**
 * Moves files to their places. What failed to is noted.
 *
 * @param outcomes - Gets what became of each, by its name.
 */
async function place(
  state: RestoreState,
  batch: Batch,
  entries: readonly BatchEntry[],
  outcomes: Map<string, RestoredFile['outcome']>,
): Promise<void> {
  const { isDry, journal, options, signal } = state;
  const { destination, limits } = options;
  // The copying may have taken hours.
  const [running] = await guestProblems(options, [{ ...batch, entries }], { signal, timeoutMs: limits.readMs });
  if (running !== undefined) throw new CommandError(`${running.problem}; nothing of ${batch.root} was replaced`);
  signal.throwIfAborted();
  const files = entries.map(({ name, to }) => ({ name, to }));
  const command = placeFilesCommand({ folder: newFolder(batch, state), files });
  const { stderr, stdout } = await run(destination, command, { timeoutMs: limits.copyMs }).catch((error: unknown) => {
    if (TransportError.isInstance(error) && !error.started) throw error;
    // It may have moved any of them, and may go on moving.
    for (const { name } of entries) outcomes.set(name, 'not-known');
    const message = `whether the files of ${batch.root} were moved to their places is not known: ${lookText}`;
    throw new CommandError(message, { cause: error });
  });
  if (isDry) return;
  const placed = parsePlaced(stdout);
  const why = stderr.trim() === '' ? '' : ` (${stderr.trim()})`;
  for (const { name, to } of entries) {
    const told = placed.get(name);
    outcomes.set(name, told === 'placed' ? 'restored' : told === 'failed' ? 'kept' : 'not-known');
    if (told === 'placed') continue;
    const what =
      told === 'failed'
        ? 'it could not be moved to its place, and what was there is there still'
        : 'it was moved to its place, and is not known to be on the disk';
    journal.problem('place', to, new CommandError(`${what}: ${lookText}${why}`));
  }
}

async function remove({ journal, leftovers, options, runId }: RestoreState, { number, root }: Batch): Promise<void> {
  const command = closeRestoreCommand({ root, runId, number });
  await run(options.destination, command, { timeoutMs: options.limits.smallMs }).catch((error: unknown) => {
    journal.problem('remove', root, error);
    leftovers.push({ name: restoreFolderOf({ root, runId }), remedy: toShell(command) });
  });
}

/**
 * Restores what goes to one file system or volume. What fails is in the journal, and leaves what
 * was there.
 */
export async function restoreBatch(state: RestoreState, batch: Batch): Promise<RestoredFile[]> {
  const { journal, options, runId, signal } = state;
  const { destination, limits } = options;
  if (batch.volume !== undefined) return restoreVolume(state, batch, batch.volume);
  const subject = batch.root;
  let compared = new Map<string, RestoredFile['verifiedBy']>();
  const outcomes = new Map<string, RestoredFile['outcome']>();
  try {
    await journal.step('copy', subject, async () => {
      signal.throwIfAborted();
      await run(destination, openRestoreCommand({ root: batch.root, runId, number: batch.number }), {
        timeoutMs: limits.smallMs,
      });
      await copy(state, batch).catch((error: unknown) => {
        throw fullError(batch, error);
      });
    });
    await journal.step('verify', subject, async () => {
      compared = await verify(state, batch);
    });
    await journal.step('place', subject, async () => {
      signal.throwIfAborted();
      const good = batch.entries.filter(({ name, type }) => type !== 'file' || compared.has(name));
      await place(state, batch, good, outcomes);
    });
  } catch {
    // It is in the journal.
  }
  await remove(state, batch);
  return filesOf(batch).map(({ name, sizeBytes, to }) => ({
    from: `${batch.shown}/${name}`,
    ...{ to, sizeBytes, outcome: outcomes.get(name) ?? 'kept', verifiedBy: compared.get(name) },
  }));
}
