import { CommandError, ExitError, lines, pipe, run, toShell, TransportError } from '@quiesce/command';
import { createLvm, LogicalVolumeInUseError, LogicalVolumeNotFoundError } from '@quiesce/lvm';
import { parseVolumeSum, volumeSumCommand, writtenBytes } from '../host/volume-image.js';
import { retryBusy } from '../retry-busy.js';
import type { Batch, NewVolume } from './batches.js';
import type { RestoredFile } from './report.js';
import { seldom, tellProgress, type RestoreState } from './state.js';
import { keepVolumeCommand, makeVolumeCommand, removeUnfinishedCommand, volumeWriting } from './volume-commands.js';
import { differenceError, wantedSums, type WantedSum } from './wanted-sums.js';

async function write(state: RestoreState, batch: Batch, volume: NewVolume): Promise<void> {
  const { options, signal } = state;
  const { destination, limits, transport } = options;
  const subject = volume.device;
  const totalBytes = batch.entries[0]?.sizeBytes ?? 0;
  const tell = (transferredBytes: number): void => {
    tellProgress(state, { subject, totalBytes, transferredBytes });
  };
  const call = { signal, timeoutMs: limits.copyMs };
  const { read, write: writing } = volumeWriting(batch, volume, transport === destination);
  if (read === undefined) {
    for await (const line of lines(transport, writing, call)) {
      const bytes = writtenBytes(line);
      if (bytes !== undefined) tell(bytes);
    }
    return;
  }
  const stages = [
    { transport, command: read },
    { transport: destination, command: writing },
  ] as const;
  await pipe(stages, { ...call, onBytes: seldom(tell) });
}

/** Compares the volume with what was frozen. @throws where it differs. */
async function verify(state: RestoreState, batch: Batch, { device }: NewVolume): Promise<RestoredFile['verifiedBy']> {
  const { isDry, options, signal } = state;
  const { name = '', sizeBytes = 0 } = batch.entries[0] ?? {};
  if (isDry) return undefined;
  const sumOf = async (): Promise<string> => {
    const command = volumeSumCommand({ device, sizeBytes });
    const { stdout } = await run(options.destination, command, { signal, timeoutMs: options.limits.verifyMs });
    return parseVolumeSum(stdout);
  };
  const [wanted, found] = await Promise.all([wantedSums(state, batch, [name]), sumOf()]);
  const { by, sum }: WantedSum = wanted(name);
  if (sum !== found) throw differenceError(batch, name, by);
  return by;
}

async function remove({ journal, leftovers, options, runId }: RestoreState, { device }: NewVolume): Promise<void> {
  const command = removeUnfinishedCommand({ device }, runId);
  const lvm = createLvm({ transport: options.destination });
  try {
    await retryBusy(
      async () => {
        await lvm.run(command, { timeoutMs: options.limits.lvmMs }).catch((error: unknown) => {
          if (!LogicalVolumeNotFoundError.isInstance(error)) throw error;
        });
      },
      (error) => LogicalVolumeInUseError.isInstance(error),
      (error) => Promise.resolve(error),
    );
  } catch (error) {
    journal.problem('remove', device, error);
    leftovers.push({ name: device, remedy: toShell(command) });
  }
}

/**
 * Restores an image to a new volume. What fails is in the journal, and the volume is removed again.
 */
export async function restoreVolume(state: RestoreState, batch: Batch, volume: NewVolume): Promise<RestoredFile[]> {
  const { isDry, journal, options, runId, signal } = state;
  const { device } = volume;
  const lvm = createLvm({ transport: options.destination });
  const call = { timeoutMs: options.limits.lvmMs };
  let verifiedBy: RestoredFile['verifiedBy'];
  let outcome: RestoredFile['outcome'] = 'kept';
  try {
    await journal.step('copy', device, async () => {
      signal.throwIfAborted();
      await lvm.run(makeVolumeCommand(volume, runId), call);
      await write(state, batch, volume);
    });
    await journal.step('verify', device, async () => {
      verifiedBy = await verify(state, batch, volume);
    });
    await journal.step('place', device, async () => {
      signal.throwIfAborted();
      await lvm.run(keepVolumeCommand(volume, runId), call).catch((error: unknown) => {
        if (ExitError.isInstance(error) || (TransportError.isInstance(error) && !error.started)) throw error;
        // Without an answer the tag may be off, and then what is removed by it is nothing.
        outcome = 'not-known';
        const message = `whether ${device} was kept is not known: see lvs ${device}: what is there is whole`;
        throw new CommandError(message, { cause: error });
      });
      if (!isDry) outcome = 'restored';
    });
  } catch {
    // It is in the journal.
    await remove(state, volume);
  }
  return batch.entries.map(({ name, sizeBytes, to }) => ({
    from: `${batch.shown}/${name}`,
    ...{ to, sizeBytes, outcome, verifiedBy },
  }));
}
