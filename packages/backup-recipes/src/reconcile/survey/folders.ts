import { run, type CallOptions, type Transport } from '@quiesce/command';
import { rmdirCommand } from '../../host/folders.js';
import { removeRunFoldersCommand } from '../../host/run-files.js';
import { listRunFoldersCommand, parseRunFolders } from '../../host/run-folders.js';
import { runFolder, stateFolder } from '../../run-folder.js';
import type { Finding } from '../finding.js';

/** The folders of runs. */
export interface FolderSurvey {
  /** What snapshots were mounted in, in the order in which it has to be removed. */
  readonly mountFolders: readonly Finding[];
  /** Where runs keep the scripts of their units. */
  readonly runFolders: readonly Finding[];
}

/** Lists the folders of runs. */
export async function surveyFolders(transport: Transport, mountRoot: string, call: CallOptions): Promise<FolderSurvey> {
  const { stdout } = await run(transport, listRunFoldersCommand({ roots: [mountRoot, stateFolder] }), call);
  return {
    mountFolders: parseRunFolders(stdout, mountRoot).map(({ folder, runId }) => ({
      kind: 'folder',
      name: folder,
      runId,
      undo: [rmdirCommand({ folders: [folder] })],
    })),
    runFolders: parseRunFolders(stdout, stateFolder)
      .filter(({ folder, runId }) => folder === runFolder(runId))
      .map(({ folder, runId }) => ({
        kind: 'folder',
        name: folder,
        runId,
        undo: [removeRunFoldersCommand({ runIds: [runId] })],
      })),
  };
}
