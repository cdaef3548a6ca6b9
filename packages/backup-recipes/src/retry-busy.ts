import { setTimeout as delay } from 'node:timers/promises';
import { run, type Command, type Transport } from '@quiesce/command';
import { holdersCommand, parseHolders } from './host/holders.js';

const waitsMs = [200, 500, 1000, 2000, 4000, 8000];

/**
 * Does something that may fail because a device or mount is busy for a moment, as udev makes it
 * after every change, and tries it again up to six times in 16 seconds. The last failure is thrown
 * as `describe` words it.
 */
export async function retryBusy(
  body: () => Promise<void>,
  isBusy: (error: unknown) => boolean,
  describe: (error: unknown) => Promise<unknown>,
): Promise<void> {
  for (const waitMs of waitsMs) {
    try {
      await body();
      return;
    } catch (error) {
      if (!isBusy(error)) throw error;
      await delay(waitMs);
    }
  }
  await body().catch(async (error: unknown) => {
    throw await describe(error);
  });
}

/** The processes that hold a mounted folder, as text; why they can't be told where they can't. */
export async function describeHolders(transport: Transport, folder: string): Promise<string> {
  const command: Command = holdersCommand({ folder });
  // fuser exits 1 when nobody holds it.
  const printed = await run(transport, command, { successCodes: [0, 1], timeoutMs: 10_000 }).catch(() => ({
    stdout: '',
    stderr: '',
  }));
  const holders = parseHolders(printed);
  return holders.length === 0 ? 'who holds it could not be found out' : `held by ${holders.join(', ')}`;
}
