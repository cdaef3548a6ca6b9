import { randomBytes } from 'node:crypto';
import path from 'node:path';
import process from 'node:process';
import { openCache, type Cache } from './cache.js';
import { findFreePort } from './free-port.js';
import { writeRecord, type InstanceRecord } from './instance-record.js';
import { createInstance, removeInstance } from './instances.js';
import { attachLab, type Lab } from './lab.js';
import { launch } from './launch.js';
import type { Lifetime } from './machine.js';
import { prepareReadyState, type PrepareLabOptions } from './prepare-lab.js';
import { identifyThisProcess } from './process-identity.js';
import { inStep } from './progress.js';

/** Which lab to start. */
export interface StartLabOptions extends PrepareLabOptions {
  /**
   * Name of the lab. Labs of different names run side by side.
   * @default a new one
   */
  readonly name?: string;
}

/**
 * Starts a lab of this process's own, in a few seconds once everything is in the cache. Its machine
 * ends with this process, even with a killed one; the next `startLab` or `lab` command then removes
 * its files.
 *
 * @throws {@link MissingPackagesError}, {@link LabExistsError}
 *
 * @example
 * ```ts
 * await using lab = await startLab();
 * const { stdout } = await run(
 *   lab.transport,
 *   createCommand('virsh', ['list'], { effect: 'read' }),
 * );
 * ```
 */
export async function startLab(options: StartLabOptions = {}): Promise<Lab> {
  const cache = await openCache();
  return attachLab(cache, await start(cache, 'this process', options));
}

/** Starts a lab that stays when this process ends. */
export async function startLastingLab(options: StartLabOptions = {}): Promise<Lab> {
  const cache = await openCache();
  const { owner: _owner, ...record } = await start(cache, 'until stopped', options);
  await writeRecord(path.join(cache.instances, record.name), record);
  return attachLab(cache, record);
}

async function start(cache: Cache, lifetime: Lifetime, options: StartLabOptions): Promise<InstanceRecord> {
  const ready = await prepareReadyState(cache, options);
  const { image, accelerator } = ready;
  const name = options.name ?? `lab-${process.pid}-${randomBytes(3).toString('hex')}`;
  const record: InstanceRecord = {
    name,
    release: image.release,
    accelerator,
    imageHash: path.basename(image.directory),
    readyHash: path.basename(ready.directory),
    sshPort: await findFreePort(),
    // Until it runs, also a lasting lab ends with the process that starts it.
    owner: await identifyThisProcess(),
    startedAt: new Date().toISOString(),
  };
  const directory = await createInstance(cache, record, options.onProgress);
  try {
    return await inStep(options.onProgress, `Starting lab ${name} from the ready state`, async () => {
      const { port } = await launch(directory, ready, {
        preferredPort: record.sshPort,
        lifetime,
        signal: options.signal,
      });
      const started = { ...record, sshPort: port };
      await writeRecord(directory, started);
      return started;
    });
  } catch (error) {
    await removeInstance(directory);
    throw error;
  }
}
