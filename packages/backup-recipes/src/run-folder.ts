/** Folder on the host for what runs keep there while they last. Only root can look into it. */
export const stateFolder = '/run/quiesce';

/** Folder on the host for what one run keeps there. */
export function runFolder(runId: string): string {
  return `${stateFolder}/${runId}`;
}
