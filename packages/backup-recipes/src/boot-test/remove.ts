import { run, toShell, type Command, type Transport } from '@quiesce/command';
import { DomainNotFoundError, DomainStateError, virshErrors } from '@quiesce/virsh';
import { DatasetBusyError, DatasetNotFoundError, zfsDestroyCommand, zfsErrors } from '@quiesce/zfs';
import { destroyTestGuestCommand, removeBootFoldersCommand } from '../host/boot-folders.js';
import type { RunLimits } from '../limits.js';
import { retryBusy } from '../retry-busy.js';
import { over } from '../over.js';
import { bootFolder, bootName } from './names.js';

/** What takes the clone of a test away, and the snapshots that somebody made of it since. */
export function destroyCloneCommand({ name }: { name: string }): Command {
  return zfsDestroyCommand({ name, recursive: true });
}

/** Ends the guest of a test. One that is gone is good. */
export async function endTestGuest(
  transport: Transport,
  commands: readonly Command[],
  limits: RunLimits,
): Promise<void> {
  for (const command of commands) {
    await run(transport, command, { timeoutMs: limits.smallMs, errors: virshErrors }).catch((error: unknown) => {
      // A guest that has just ended by itself.
      if (!DomainNotFoundError.isInstance(error) && !DomainStateError.isInstance(error)) throw error;
    });
  }
}

/** Destroys the clone or the snapshot of a test. One that is gone is good. */
export async function destroyTestDataset(
  transport: Transport,
  commands: readonly Command[],
  limits: RunLimits,
): Promise<void> {
  await retryBusy(
    async () => {
      for (const command of commands) {
        await run(transport, command, { timeoutMs: limits.zfsMs, errors: zfsErrors }).catch((error: unknown) => {
          if (!DatasetNotFoundError.isInstance(error)) throw error;
        });
      }
    },
    // QEMU needs a moment to let go, and so does who looks into a new file system.
    (error) => DatasetBusyError.isInstance(error),
    (error) => Promise.resolve(error),
  );
}

/** Removes the folder of a test. */
export async function removeTestFolder(
  transport: Transport,
  commands: readonly Command[],
  limits: RunLimits,
): Promise<void> {
  for (const command of commands) await run(transport, command, { timeoutMs: limits.smallMs });
}

/** Something that a test makes, and what takes it away. */
export interface MadeThing {
  readonly name: string;
  readonly undo: readonly Command[];
}

/** What a test makes, in the order in which it has to go. */
export interface MadeThings {
  readonly guest: MadeThing;
  readonly clone: MadeThing;
  readonly snapshot: MadeThing;
  readonly folder: MadeThing;
}

/** What a test of a target makes. */
export function madeThings(options: { runId: string; target: string; connectUri: string }): MadeThings {
  const { connectUri, runId, target } = options;
  const [pool = ''] = target.split('/');
  const name = bootName(runId);
  const [clone, snapshot] = [`${pool}/${name}`, `${target}@${name}`];
  return {
    guest: { name, undo: [over(connectUri, destroyTestGuestCommand({ domain: name }))] },
    clone: { name: clone, undo: [destroyCloneCommand({ name: clone })] },
    snapshot: { name: snapshot, undo: [zfsDestroyCommand({ name: snapshot })] },
    folder: { name: bootFolder(runId), undo: [removeBootFoldersCommand({ runIds: [runId] })] },
  };
}

/** The shell command that takes it away. */
export function remedyFor({ undo }: MadeThing): string {
  return undo.map((command) => toShell(command)).join(' && ');
}
