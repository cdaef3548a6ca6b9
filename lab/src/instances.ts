import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { takeLock, type Lock } from './build-lock.js';
import { sweepBuilds } from './build-once.js';
import type { Cache } from './cache.js';
import { keepLogs } from './ended-machine.js';
import { judgeInstance, readRecord, writeRecord, type InstanceRecord, type InstanceState } from './instance-record.js';
import { machineMark } from './machine-arguments.js';
import { findProcesses, stillRuns } from './process-identity.js';
import { tryStep, type OnProgress } from './progress.js';
import { removeTree } from './remove-tree.js';
import { stopMachineIn } from './stop-machine.js';

/** A lab that was found in the cache. */
export interface Instance {
  readonly name: string;
  readonly directory: string;
  readonly state: InstanceState;
  /** Undefined when it can't be read. */
  readonly record: InstanceRecord | undefined;
}

/** A lab of this name exists already. */
export class LabExistsError extends Error {
  override readonly name: string = 'LabExistsError';
}

const isName = (name: string): boolean => /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/.test(name);

/** The folder of a lab. */
export function instanceDirectory(cache: Cache, name: string): string {
  if (!isName(name)) {
    throw new Error(`A lab's name has letters, digits, - and _ only, 63 at most: ${JSON.stringify(name)}`);
  }
  return path.join(cache.instances, name);
}

/** Looks at one lab. Undefined when there is none of this name. */
export async function findInstance(cache: Cache, name: string): Promise<Instance | undefined> {
  const directory = instanceDirectory(cache, name);
  const names = await readdir(cache.instances);
  if (!names.includes(name)) return undefined;
  // The machine first: a lab that is reset gets an owner before its machine stops.
  const machineRuns = (await findProcesses(machineMark(directory))).length > 0;
  const record = await readRecord(directory);
  const owner = record?.owner;
  const ownerState = owner === undefined ? 'none' : (await stillRuns(owner)) ? 'alive' : 'ended';
  return { name, directory, record, state: judgeInstance({ owner: ownerState, machineRuns }) };
}

/** Looks at all labs, those of every release. */
export async function listInstances(cache: Cache): Promise<readonly Instance[]> {
  const names = (await readdir(cache.instances)).filter((name) => isName(name));
  const found = await Promise.all(names.sort().map((name) => findInstance(cache, name)));
  return found.filter((instance) => instance !== undefined);
}

/**
 * Stops what killed processes left behind, labs and half-built images, and removes its files. What
 * can't be removed is told and stays. Returns the names of the removed labs.
 */
export async function sweepInstances(cache: Cache, onProgress?: OnProgress): Promise<readonly string[]> {
  await using lock = await lockInstances(cache);
  return await sweepLocked(cache, lock, onProgress);
}

/**
 * Makes the folder and record of a new lab, after sweeping away what is left of dead ones.
 *
 * @throws {@link LabExistsError}
 */
export async function createInstance(cache: Cache, record: InstanceRecord, onProgress?: OnProgress): Promise<string> {
  const directory = instanceDirectory(cache, record.name);
  await using lock = await lockInstances(cache);
  await sweepLocked(cache, lock, onProgress);
  if ((await findInstance(cache, record.name)) !== undefined) {
    throw new LabExistsError(`A lab named ${record.name} exists already.`);
  }
  // It appears with its record in it, or not at all.
  const unfinished = path.join(cache.instances, `.new-${record.name}`);
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished);
  await writeRecord(unfinished, record);
  await rename(unfinished, directory);
  return directory;
}

/** Stops the machine of a lab and removes its files. */
export async function removeInstance(directory: string): Promise<void> {
  await stopMachineIn(directory);
  await removeTree(directory);
}

/** Keeps other processes from making and sweeping labs. */
export async function lockInstances(cache: Cache): Promise<Lock> {
  return takeLock(path.join(cache.root, 'instances.lock'));
}

/** `lock` only shows that the caller has it. */
async function sweepLocked(cache: Cache, _lock: Lock, onProgress?: OnProgress): Promise<readonly string[]> {
  for (const parent of [cache.images, cache.ready]) await sweepBuilds(parent, onProgress);
  const left = (await listInstances(cache)).filter(({ state }) => state === 'abandoned' || state === 'dead');
  const removed: string[] = [];
  for (const instance of left) {
    const { name, directory, state } = instance;
    const why =
      state === 'dead' ? `whose machine has ended (its logs: ${cache.root}/ended/${name})` : 'whose process has ended';
    const remove = async (): Promise<void> => {
      if (state === 'dead') await keepLogs(cache, name);
      await removeInstance(directory);
    };
    if (await tryStep(onProgress, `Removing lab ${name}, ${why}`, remove)) removed.push(name);
  }
  return removed;
}
