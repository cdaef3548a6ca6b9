import { createCommand, toShell, type Command } from '@quiesce/command';
import { lvcreateCommand } from '@quiesce/lvm';
import {
  closeRestoreCommand,
  copyFilesCommand,
  openRestoreCommand,
  packCommand,
  restoreFolderOf,
  unpackCommand,
} from '../host/restore-files.js';
import { placeFilesCommand } from '../host/place-files.js';
import type { Recipe } from '../recipe.js';
import { createRunId } from '../run-id.js';
import type { Batch, NewVolume } from './batches.js';
import { resolveRestoreOptions, type ResolvedRestoreOptions, type RestoreImagesOptions } from './options.js';
import type { RestoreEvent, RestoreReport, RestoreWarning } from './report.js';
import { preflightRestore, runRestore } from './run.js';
import { keepVolumeCommand, makeVolumeCommand, volumeWriting } from './volume-commands.js';

/** A file that would be restored. */
export interface PlannedFile {
  /** Where it is in the target. */
  readonly from: string;
  /** Where it would go. */
  readonly to: string;
  /** Its length, in bytes. */
  readonly sizeBytes: number;
}

/** What `run` of {@link restoreImages} would do. Everything but `toShell` is data. */
export interface RestorePlan {
  readonly version: 1;
  readonly recipe: 'restoreImages';
  readonly target: string;
  /** The snapshot that it would be restored from. Undefined for what the target holds now. */
  readonly snapshot: string | undefined;
  /** The runs whose data would be restored. */
  readonly runs: readonly string[];
  /** When that run was; the oldest of several. */
  readonly at: Date | undefined;
  readonly files: readonly PlannedFile[];
  /** What is to be known of it, as that no checksums were kept. */
  readonly warnings: readonly RestoreWarning[];
  /** What writes, in order. Names of files are the standard input of most. */
  readonly commands: readonly Command[];
  /** A shell script that copies the same by hand: without comparing, and over what is there. */
  toShell(): string;
}

/** The restoring of images and files from a target. */
export type RestoreImages = Recipe<RestorePlan, RestoreReport, RestoreEvent>;

function volumeCommands(
  { destination, transport }: ResolvedRestoreOptions,
  batch: Batch,
  volume: NewVolume,
  runId: string,
): Command[] {
  const { read, write } = volumeWriting(batch, volume, transport === destination);
  const writing = read === undefined ? [write] : [read, write];
  return [makeVolumeCommand(volume, runId), ...writing, keepVolumeCommand(volume, runId)];
}

function commandsOf(options: ResolvedRestoreOptions, batch: Batch, runId: string): Command[] {
  const { entries, from, number, root, volume, wrap } = batch;
  if (volume !== undefined) return volumeCommands(options, batch, volume, runId);
  const to = restoreFolderOf({ root, runId });
  const names = entries.map(({ name }) => name);
  const copying =
    options.transport === options.destination
      ? [wrap(copyFilesCommand({ from, to, names }))]
      : [wrap(packCommand({ folder: from, names })), unpackCommand({ folder: to })];
  const files = entries.map(({ name, to: place }) => ({ name, to: place }));
  return [
    openRestoreCommand({ root, runId, number }),
    ...copying,
    placeFilesCommand({ folder: to, files }),
    closeRestoreCommand({ root, runId, number }),
  ];
}

/** Does the same by hand, without comparing, and not at once. */
function* copyLines({ from, to }: PlannedFile, volume: NewVolume | undefined): Generator<string> {
  if (volume !== undefined) {
    const { group, name, sizeBytes } = volume;
    yield toShell(lvcreateCommand({ type: 'linear', volumeGroup: group, name, sizeBytes }));
    const words = [`if=${from}`, `of=${to}`, 'bs=4M', 'conv=nocreat,fsync'];
    yield toShell(createCommand('dd', words, { effect: 'write' }));
    return;
  }
  yield toShell(createCommand('cp', ['--archive', '--sparse=always', '--', from, to], { effect: 'write' }));
}

async function planRestore(options: ResolvedRestoreOptions, signal: AbortSignal | undefined): Promise<RestorePlan> {
  const { batches, chosen, warnings } = await preflightRestore(options, signal);
  const runId = createRunId(Math.floor(Date.now() / 1000));
  const files = batches.flatMap(({ entries, shown }) =>
    entries.flatMap(({ name, sizeBytes, to, type }) =>
      type === 'file' ? [{ from: `${shown}/${name}`, to, sizeBytes }] : [],
    ),
  );
  const commands = batches.flatMap((batch) => commandsOf(options, batch, runId));
  return {
    ...{ version: 1, recipe: 'restoreImages', target: options.target, snapshot: chosen.state.snapshot },
    ...{
      runs: [...new Set(chosen.wanted.map(({ folder }) => folder.runId))],
      at: chosen.at,
      files,
      warnings,
      commands,
    },
    toShell: () =>
      ['#!/bin/sh', 'set -e', ...files.flatMap((file) => [...copyLines(file, batches[0]?.volume)]), ''].join('\n'),
  };
}

/**
 * Restores images from a target: those of one guest, of one volume, single ones, everything, or
 * files of the host. Each is copied beside its place with its holes, owner and mode, compared with
 * the checksum of what was frozen, and only then takes the place of what is there. At every moment
 * one of both is there, whole, also when the restore is interrupted.
 *
 * With `to: { volume: { group, name } }` one raw image becomes the content of a new logical volume.
 * The volume has the tag `quiesce.restore=…` until all was written and compared. What an
 * interrupted restore leaves of it is removed by {@link reconcile}.
 *
 * Of the host's own files no checksums are kept, so those are compared with the target's copy. They
 * are not frozen while a run copies them: a file that changes between two reads would look like a
 * damaged copy.
 *
 * `run` takes the lock of the host, so that no backup runs meanwhile. It throws
 * {@link HostBusyError} where one does, {@link PreflightError} where nothing was begun, as for a
 * guest that runs, and {@link RestoreFailedError}, with the report, where not all was restored.
 *
 * @throws {@link PreflightError} for options that no host could make right.
 *
 * @example
 * ```ts
 * const lastMonth = new Date('2026-10-26T00:00:00Z');
 * await restoreImages({
 *   target: 'archives/backups',
 *   restore: { guest: 'MySQL' },
 *   backup: lastMonth,
 *   to: { folder: '/srv/restored' },
 * }).run();
 * ```
 */
export function restoreImages(options: RestoreImagesOptions): RestoreImages {
  const resolved = resolveRestoreOptions(options);
  return {
    name: 'restoreImages',
    plan: ({ signal } = {}) => planRestore(resolved, signal),
    run: (run = {}) => runRestore(resolved, run),
  };
}
