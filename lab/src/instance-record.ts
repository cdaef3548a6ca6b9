import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Accelerator } from './accelerator.js';
import type { ProcessIdentity } from './process-identity.js';
import type { Release } from './release.js';

/** What is written down about a lab, in its folder, for whoever finds it. */
export interface InstanceRecord {
  readonly name: string;
  readonly release: Release;
  readonly accelerator: Accelerator;
  /** Names of the folders of its image and its ready state in the cache. */
  readonly imageHash: string;
  readonly readyHash: string;
  readonly sshPort: number;
  /** The process that the lab ends with. A lab without one runs until it is stopped. */
  readonly owner?: ProcessIdentity;
  /** Time of day, ISO 8601. */
  readonly startedAt: string;
}

/**
 * What has become of a lab: it is `starting` or `running`, it was `abandoned` by an owner that has
 * ended, or it is `dead`, because its machine has ended by itself.
 */
export type InstanceState = 'starting' | 'running' | 'abandoned' | 'dead';

/** Tells the state of a lab from what is left of it. */
export function judgeInstance(found: {
  readonly owner: 'none' | 'alive' | 'ended';
  readonly machineRuns: boolean;
}): InstanceState {
  if (found.owner === 'ended') return 'abandoned';
  if (found.machineRuns) return 'running';
  return found.owner === 'alive' ? 'starting' : 'dead';
}

const file = (directory: string): string => path.join(directory, 'instance.json');

/** Writes the record of the lab in a folder, all of it or nothing. */
export async function writeRecord(directory: string, record: InstanceRecord): Promise<void> {
  const temporary = `${file(directory)}.new`;
  await writeFile(temporary, `${JSON.stringify(record, undefined, 2)}\n`);
  await rename(temporary, file(directory));
}

/** Reads the record of the lab in a folder. Undefined when there is none that can be read. */
export async function readRecord(directory: string): Promise<InstanceRecord | undefined> {
  try {
    return JSON.parse(await readFile(file(directory), 'utf8')) as InstanceRecord;
  } catch {
    return undefined;
  }
}
