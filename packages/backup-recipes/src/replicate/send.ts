import { CommandError, run } from '@quiesce/command';
import {
  DatasetBusyError,
  ReceiveUnfinishedError,
  ResumeTokenInvalidError,
  sendReceive,
  type ZfsReceiveWordOptions,
  type ZfsSendSnapshotOptions,
} from '@quiesce/zfs';
import { endReceivesCommand } from '../host/end-receives.js';
import { copyOfProperty } from './names.js';
import type { ResolvedReplicateOptions } from './options.js';
import type { Transfer } from './plan-transfers.js';
import type { Side } from './read-side.js';
import { changing, type ReplicateState } from './state.js';

/** Whether blocks go as they are on disk. */
function isRaw({ raw }: ResolvedReplicateOptions, { isEncrypted }: Side): boolean {
  return raw ?? isEncrypted;
}

/** What `zfs send` is told. */
export function sendOptions(
  options: ResolvedReplicateOptions,
  source: Side,
  transfer: Transfer,
): ZfsSendSnapshotOptions {
  const { incrementalFrom, intermediates, snapshot } = transfer;
  return {
    snapshot,
    ...(incrementalFrom !== undefined && { incrementalFrom }),
    ...(intermediates && { intermediates }),
    ...(isRaw(options, source) ? { raw: true } : { compressed: true, largeBlocks: true }),
  };
}

/**
 * What `zfs receive` is told. A copy is read-only, is mounted only when it is asked for, and then
 * over nothing that is there. It is not exported because what it lies in is.
 */
export function receiveOptions(
  { rollback, to }: ResolvedReplicateOptions,
  source: Side,
  { incrementalFrom }: Transfer,
): ZfsReceiveWordOptions {
  const first =
    incrementalFrom === undefined ? { canmount: 'noauto', overlay: 'off', sharenfs: 'off', sharesmb: 'off' } : {};
  const properties = { readonly: 'on', ...first, [copyOfProperty]: source.guid };
  return { dataset: to.dataset, mount: false, resumable: true, properties, ...(rollback && { rollback }) };
}

async function sendOnce(state: ReplicateState, source: Side, transfer: Transfer): Promise<void> {
  const { done, journal, options, signal } = state;
  const { limits, maximumBytesPerSecond } = options;
  const before = done.sentBytes;
  const { resumed, sentBytes } = await sendReceive({
    from: { ...sendOptions(options, source, transfer), zfs: state.source },
    to: { ...receiveOptions(options, source, transfer), zfs: state.copy },
    ...{ signal, timeoutMs: limits.copyMs },
    ...(maximumBytesPerSecond !== undefined && { maximumBytesPerSecond }),
    onProgress: (progress) => {
      // Of what fails in the end it is all that is known.
      done.sentBytes = before + progress.sentBytes;
      journal.emit({ type: 'progress', subject: transfer.snapshot, ...progress, startedMs: journal.now() });
    },
  });
  done.sentBytes = before + sentBytes;
  done.resumed ||= resumed;
}

/** Makes way for a stream that the copy does not take. Returns whether it may take it now. */
async function makeWay(state: ReplicateState, { snapshot }: Transfer, error: unknown): Promise<boolean> {
  const { copy, journal, options } = state;
  const { dataset, transport } = options.to;
  if (ResumeTokenInvalidError.isInstance(error)) {
    // The snapshot that was half-sent is gone here, so nobody can have the rest.
    await copy.abortReceive({ ...changing(state), dataset });
    journal.problem('send', snapshot, error, false);
    return true;
  }
  if (!DatasetBusyError.isInstance(error) && !ReceiveUnfinishedError.isInstance(error)) return false;
  // This run holds the lock of its target, so what still receives is of one that is dead.
  const { stdout } = await run(transport, endReceivesCommand({ dataset }), changing(state));
  if (stdout === '') return false;
  const message = `an earlier run's connection to ${dataset} had died, and its zfs receive was waiting there: it was ended`;
  journal.problem('send', snapshot, new CommandError(message), false);
  return true;
}

/** Sends one stream, or the rest of what an earlier run began. */
export async function send(state: ReplicateState, source: Side, transfer: Transfer): Promise<void> {
  await state.journal.step('send', transfer.snapshot, async () => {
    try {
      await sendOnce(state, source, transfer);
    } catch (error) {
      if (!(await makeWay(state, transfer, error))) throw error;
      await sendOnce(state, source, transfer);
    }
  });
}
