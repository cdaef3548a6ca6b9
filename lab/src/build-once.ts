import { access, mkdir, readdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { takeLock, tryLock } from './build-lock.js';
import { stopMachineIn } from './stop-machine.js';
import { removeTree } from './remove-tree.js';
import { inStep, tryStep, type OnProgress } from './progress.js';

/** How something is built once. */
export interface BuildOnceOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
  /**
   * Whether what is there can still be used. What can't is built again.
   * @default everything can
   */
  readonly fits?: () => Promise<boolean>;
}

const prefix = '.building-';

/** Whether a folder of this name is one that is not finished. */
export function isBuilding(name: string): boolean {
  return name.startsWith(prefix);
}

/**
 * Makes sure that a folder is there and complete. One process builds it, beside its place; a rename
 * puts it there at the end. Another that wants it meanwhile waits, and says so.
 *
 * @returns whether it was built now.
 */
export async function buildOnce(
  directory: string,
  what: string,
  options: BuildOnceOptions,
  build: (directory: string) => Promise<void>,
): Promise<boolean> {
  const { signal, onProgress, fits = () => Promise.resolve(true) } = options;
  const isThere = async (): Promise<boolean> => (await exists(directory)) && (await fits());
  if (await isThere()) return false;
  const waiting = new AbortController();
  const onWait = (): void => {
    void inStep(onProgress, `Waiting for another process that builds the ${what}`, () => aborted(waiting.signal));
  };
  await using _lock = await takeLock(lockOf(directory), { onWait, signal }).finally(() => waiting.abort());
  if (await isThere()) return false;
  const building = path.join(path.dirname(directory), `${prefix}${path.basename(directory)}`);
  // Whoever had the lock before and did not finish is dead, but what it started may not be.
  await discard(building);
  await mkdir(building, { recursive: true });
  try {
    await build(building);
    await removeTree(directory);
    await rename(building, directory);
  } catch (error) {
    await discard(building);
    throw error;
  }
  return true;
}

/**
 * Stops and removes, in a folder where things are built, what killed processes left. What is being
 * built stays.
 */
export async function sweepBuilds(parent: string, onProgress: OnProgress | undefined): Promise<void> {
  const left = (await readdir(parent)).filter(isBuilding);
  for (const name of left) {
    await using lock = await tryLock(lockOf(path.join(parent, name.slice(prefix.length))));
    if (lock === undefined) continue;
    await tryStep(onProgress, `Removing ${name}, whose process was killed`, () => discard(path.join(parent, name)));
  }
}

/** The file whose lock whoever builds a folder has. */
export function lockOf(directory: string): string {
  return `${directory}.lock`;
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
