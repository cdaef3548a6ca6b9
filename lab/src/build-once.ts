import { access, mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { takeLock } from './build-lock.js';
import { stopMachineIn } from './stop-machine.js';
import { removeTree } from './remove-tree.js';
import { inStep, type OnProgress } from './progress.js';

/**
 * Makes sure that a folder is there and complete. One process builds it, beside its place; a rename puts it there at
 * the end. Another that wants it meanwhile waits, and says so.
 */
export async function buildOnce(
  directory: string,
  what: string,
  options: { signal?: AbortSignal | undefined; onProgress?: OnProgress | undefined },
  build: (directory: string) => Promise<void>,
): Promise<void> {
  if (await exists(directory)) return;
  const waiting = new AbortController();
  const onWait = (): void => {
    void inStep(options.onProgress, `Waiting for another process that builds the ${what}`, () =>
      aborted(waiting.signal),
    );
  };
  await using _lock = await takeLock(`${directory}.lock`, { onWait, signal: options.signal }).finally(() =>
    waiting.abort(),
  );
  if (await exists(directory)) return;
  const building = path.join(path.dirname(directory), `.building-${path.basename(directory)}`);
  // Whoever had the lock before and did not finish is dead, but what it started may not be.
  await discard(building);
  await mkdir(building, { recursive: true });
  try {
    await build(building);
    await rename(building, directory);
  } catch (error) {
    await discard(building);
    throw error;
  }
}

/** Whether something is in this place. */
async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

async function discard(building: string): Promise<void> {
  await stopMachineIn(building);
  await removeTree(building);
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => {
    signal.addEventListener('abort', resolve, { once: true });
  });
}
