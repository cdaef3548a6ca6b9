import { run } from '@quiesce/command';
import { completeFolderCommand, openFolderCommand, proveFolderCommand } from '../../target/target-commands.js';
import type { RunState } from '../run-state.js';
import { placeOf } from './target.js';

/** A folder of the target, with what is copied into it. */
export interface TargetFolder {
  /** Its name below the target. */
  readonly folder: string;
  /** What it is a copy of. */
  readonly source: string;
  /** Where that lies on the host. */
  readonly place: string | undefined;
}

/** Makes the folder and marks it as being written to. It must lie on the target itself. */
export async function openFolder(state: RunState, { folder, place, source }: TargetFolder): Promise<void> {
  const { options, runId, transport } = state;
  state.folders.set(folder, false);
  const command = openFolderCommand(placeOf(state), { folder, source, place, runId });
  await run(transport, command, { timeoutMs: options.limits.smallMs });
}

/** Sees to it that a folder lies on the target itself. */
export async function proveFolder(state: RunState, { folder }: Pick<TargetFolder, 'folder'>): Promise<void> {
  if (state.isDry) return;
  const command = proveFolderCommand(placeOf(state), { folder });
  await run(state.transport, command, { timeoutMs: state.options.limits.smallMs });
}

/** Marks the folder as holding every byte. It must still lie on the target itself. */
export async function completeFolder(state: RunState, { folder, place, source }: TargetFolder): Promise<void> {
  const { lockCertain, options, runId, signal, transport } = state;
  // Another run may have the lock by now, and write there.
  await lockCertain();
  signal.throwIfAborted();
  const command = completeFolderCommand(placeOf(state), { folder, source, place, runId });
  await run(transport, command, { timeoutMs: options.limits.smallMs });
  state.folders.set(folder, !state.isDry);
}
