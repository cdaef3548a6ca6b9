import { copyFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { openCache, type Cache } from './cache.js';
import { machineFiles } from './machine-arguments.js';
import { endingOf, machineRuns } from './machine.js';

const logs = [machineFiles.messages, machineFiles.console];
const lines = 40;

/** Keeps what a machine that ended by itself, and QEMU, said last: nothing else tells why. */
export async function keepLogs(cache: Cache, name: string): Promise<void> {
  const kept = path.join(cache.root, 'ended', name);
  await mkdir(kept, { recursive: true });
  for (const file of logs) {
    // One that died early may have none.
    await copyFile(path.join(cache.instances, name, file), path.join(kept, file)).catch(() => undefined);
  }
}

/**
 * What the machine of a lab said last, if it has ended by itself: how QEMU ended, its messages, and
 * the end of the console. Its logs are kept. Undefined while the machine runs.
 */
export async function lastWords(name: string): Promise<string | undefined> {
  const cache = await openCache();
  const directory = path.join(cache.instances, name);
  if (await machineRuns(directory)) return undefined;
  await keepLogs(cache, name);
  const parts = await Promise.all(
    logs.map(async (file) => {
      const text = await readFile(path.join(directory, file), 'utf8').catch(() => '');
      return `${file}:\n${text.trimEnd().split('\n').slice(-lines).join('\n')}`;
    }),
  );
  return [`QEMU ended: ${endingOf(directory) ?? 'not a child of this process'}`, ...parts].join('\n\n');
}
