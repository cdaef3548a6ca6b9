import { isRunId } from '../run-id.js';

/** Folder on the host for what boot tests keep there while they last. Who is in it can pass. */
export const bootRoot = '/run/quiesce-boot';

/** Folder of one boot test. Its lock is held for as long as somebody sees to the test. */
export function bootFolder(runId: string): string {
  return `${bootRoot}/${runId}`;
}

/** Where the clone of one boot test is mounted. */
export function bootMount(runId: string): string {
  return `${bootFolder(runId)}/clone`;
}

/** What the guest of one boot test prints. */
export function consoleFile(runId: string): string {
  return `${bootFolder(runId)}/console`;
}

const prefix = 'quiesce-boot-';

/** Name of the guest, the clone and the snapshot of one boot test. */
export function bootName(runId: string): string {
  return `${prefix}${runId}`;
}

/** The boot test that something is named after. Undefined where it is none of ours. */
export function runOfBootName(name: string): string | undefined {
  const runId = name.startsWith(prefix) ? name.slice(prefix.length) : '';
  return isRunId(runId) ? runId : undefined;
}

/** The property of a clone and of a snapshot that tells which boot test made it. */
export const bootProperty = 'quiesce:boot';
