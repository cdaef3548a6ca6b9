import { CommandError, lines, pipe, run, toShell, type Command, type Transport } from '@quiesce/command';
import { keptSumsCommand, parseSums, sumsCommand } from '../host/file-sums.js';
import {
  closeRestoreCommand,
  copiedBytes,
  copyFilesCommand,
  openRestoreCommand,
  packCommand,
  parsePlaced,
  placeFilesCommand,
  restoreFolderOf,
  unpackCommand,
} from '../host/restore-files.js';
import type { Journal } from '../journal.js';
import { manifestPath } from '../target/manifest.js';
import type { Batch, BatchEntry } from './batches.js';
import { guestProblems } from './destination-problems.js';
import type { ResolvedRestoreOptions } from './options.js';
import type { RestoredFile, RestoreLeftover, RestoreProgressEvent, RestoreStep } from './report.js';

/** What the parts of one restore share. */
export interface RestoreState {
  readonly runId: string;
  readonly options: ResolvedRestoreOptions;
  readonly journal: Journal<RestoreStep, RestoreProgressEvent>;
  readonly signal: AbortSignal;
  readonly isDry: boolean;
  readonly leftovers: RestoreLeftover[];
}

const filesOf = ({ entries }: Batch): BatchEntry[] => entries.filter(({ type }) => type === 'file');

function newFolder({ root }: Batch, { runId }: RestoreState): string {
  return restoreFolderOf({ root, runId });
}

async function copy(state: RestoreState, batch: Batch): Promise<void> {
  const { journal, options, signal } = state;
  const { destination, limits, transport } = options;
  const names = batch.entries.map(({ name }) => name);
  const totalBytes = batch.entries.reduce((sum, { allocatedBytes }) => sum + allocatedBytes, 0);
  const to = newFolder(batch, state);
  const tell = (transferredBytes: number): void => {
    const done = Math.min(transferredBytes, totalBytes);
    journal.emit({
      type: 'progress',
      subject: batch.root,
      transferredBytes: done,
      totalBytes,
      startedMs: journal.now(),
    });
  };
  const call = { signal, timeoutMs: limits.copyMs };
  if (transport === destination) {
    for await (const line of lines(transport, batch.wrap(copyFilesCommand({ from: batch.from, to, names })), call)) {
      const bytes = copiedBytes(line);
      if (bytes !== undefined) tell(bytes);
    }
    return;
  }
  let toldAt = 0;
  await pipe(
    [
      { transport, command: batch.wrap(packCommand({ folder: batch.from, names })) },
      { transport: destination, command: unpackCommand({ folder: to }) },
    ],
    {
      ...call,
      onBytes: (bytes) => {
        if (performance.now() - toldAt < 200) return;
        toldAt = performance.now();
        tell(bytes);
      },
    },
  );
}

const namesOf = (entries: readonly BatchEntry[]): string[] => entries.map(({ name }) => name);

async function readSums(
  transport: Transport,
  command: Command,
  { options, signal }: RestoreState,
): Promise<ReadonlyMap<string, string>> {
  return parseSums((await run(transport, command, { signal, timeoutMs: options.limits.verifyMs })).stdout);
}

/**
 * Compares the new files with what was frozen, by the checksums that were kept of it, else with the
 * target's copy.
 *
 * @returns how each was compared, by its name. One that differs has none.
 */
async function verify(state: RestoreState, batch: Batch): Promise<Map<string, RestoredFile['verifiedBy']>> {
  const { isDry, journal, options, signal } = state;
  const { destination, limits, transport } = options;
  const files = filesOf(batch);
  if (isDry) return new Map();
  const filled = namesOf(files.filter(({ sizeBytes }) => sizeBytes > 0));
  const manifest = manifestPath(batch.at, batch.folder.folder);
  const keptCommand = keptSumsCommand({ manifest, runId: batch.folder.runId, names: filled });
  const kept = parseSums(
    (await run(transport, batch.wrap(keptCommand), { signal, timeoutMs: limits.verifyMs })).stdout,
  );
  const unknown = filled.filter((name) => !kept.has(name));
  const [copies, found] = await Promise.all([
    unknown.length === 0
      ? new Map<string, string>()
      : readSums(transport, batch.wrap(sumsCommand({ folder: batch.from, names: unknown })), state),
    readSums(destination, sumsCommand({ folder: newFolder(batch, state), names: filled }), state),
  ]);
  const compared = new Map<string, RestoredFile['verifiedBy']>();
  for (const { name, sizeBytes, to } of files) {
    const wanted = kept.get(name) ?? copies.get(name);
    const by = kept.has(name) ? 'checksum' : 'copy';
    if (sizeBytes === 0 || (wanted !== undefined && found.get(name) === wanted)) {
      compared.set(name, by);
      continue;
    }
    const what =
      by === 'checksum'
        ? 'it is not what was frozen: the copy in the target is damaged'
        : 'it is not what is in the target';
    const error = new CommandError(
      `${what} (${batch.shown}/${name}); take another state, see listBackups and verifyBackup`,
    );
    journal.problem('verify', to, error);
  }
  return compared;
}

/** Moves files to their places. What failed to is noted. */
async function place(state: RestoreState, batch: Batch, entries: readonly BatchEntry[]): Promise<ReadonlySet<string>> {
  const { isDry, journal, options, signal } = state;
  const { destination, limits } = options;
  // The copying may have taken hours.
  const [running] = await guestProblems(options, [{ ...batch, entries }], { signal, timeoutMs: limits.readMs });
  if (running !== undefined) throw new CommandError(`${running.problem}; nothing of ${batch.root} was replaced`);
  const files = entries.map(({ name, to }) => ({ name, to }));
  const command = placeFilesCommand({ folder: newFolder(batch, state), files });
  const { stdout } = await run(destination, command, { timeoutMs: limits.copyMs });
  const placed = parsePlaced(stdout);
  for (const { name, to } of entries) {
    if (placed.has(name) || isDry) continue;
    journal.problem('place', to, new CommandError('it could not be moved to its place: see what is there'));
  }
  return placed;
}

async function remove({ journal, leftovers, options, runId }: RestoreState, { number, root }: Batch): Promise<void> {
  const command = closeRestoreCommand({ root, runId, number });
  await run(options.destination, command, { timeoutMs: options.limits.smallMs }).catch((error: unknown) => {
    journal.problem('remove', root, error);
    leftovers.push({ name: restoreFolderOf({ root, runId }), remedy: toShell(command) });
  });
}

/**
 * Restores what goes to one file system. What fails is in the journal, and leaves what was there.
 */
export async function restoreBatch(state: RestoreState, batch: Batch): Promise<RestoredFile[]> {
  const { journal, options, runId, signal } = state;
  const { destination, limits } = options;
  const subject = batch.root;
  let compared = new Map<string, RestoredFile['verifiedBy']>();
  let placed: ReadonlySet<string> = new Set();
  try {
    await journal.step('copy', subject, async () => {
      signal.throwIfAborted();
      await run(destination, openRestoreCommand({ root: batch.root, runId, number: batch.number }), {
        timeoutMs: limits.smallMs,
      });
      await copy(state, batch);
    });
    await journal.step('verify', subject, async () => {
      compared = await verify(state, batch);
    });
    await journal.step('place', subject, async () => {
      signal.throwIfAborted();
      const good = batch.entries.filter(({ name, type }) => type !== 'file' || compared.has(name));
      placed = await place(state, batch, good);
    });
  } catch {
    // It is in the journal.
  }
  await remove(state, batch);
  return filesOf(batch).map(({ name, sizeBytes, to }) => ({
    from: `${batch.shown}/${name}`,
    ...{ to, sizeBytes, outcome: placed.has(name) ? 'restored' : 'kept', verifiedBy: compared.get(name) },
  }));
}
