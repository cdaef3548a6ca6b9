import { run, toShell } from '@quiesce/command';
import { rmdirCommand } from '../../host/folders.js';
import type { RunState } from '../run-state.js';

/**
 * Removes the folders that the snapshots were mounted in; what is mounted still is noted elsewhere.
 */
export async function removeFolders({
  journal,
  leftovers,
  options,
  runId,
  transport,
  volumes,
}: RunState): Promise<void> {
  const made = volumes.filter(({ folderMade, mounted }) => folderMade && !mounted);
  if (made.length === 0) return;
  for (const volume of made) volume.folderMade = false;
  const folder = `${options.mountRoot}/${runId}`;
  const folders = made.map(({ facts: { mountFolder } }) => mountFolder);
  if (!volumes.some(({ folderMade }) => folderMade)) folders.push(folder);
  await run(transport, rmdirCommand({ folders }), { timeoutMs: options.limits.smallMs }).catch((error: unknown) => {
    journal.problem('remove', folder, error, false);
    leftovers.push({ kind: 'folder', name: folder, remedy: toShell(rmdirCommand({ folders })) });
  });
}
