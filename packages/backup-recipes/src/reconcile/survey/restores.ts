import { run, type CallOptions, type Transport } from '@quiesce/command';
import { closeRestoreCommand, listRestoresCommand, parseRestores, restoreFolderOf } from '../../host/restore-files.js';
import type { Finding } from '../finding.js';

/** What restores that were cut off have copied and not moved to its place. */
export async function surveyRestores(transport: Transport, call: CallOptions): Promise<Finding[]> {
  const { stdout } = await run(transport, listRestoresCommand(), call);
  return parseRestores(stdout).map((folder) => ({
    ...{ kind: 'restore', name: restoreFolderOf(folder), runId: folder.runId },
    undo: [closeRestoreCommand(folder)],
  }));
}
