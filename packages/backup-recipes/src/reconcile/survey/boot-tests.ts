import { run, type CallOptions, type Transport } from '@quiesce/command';
import type { ListedDomain, Virsh } from '@quiesce/virsh';
import { zfsDestroyCommand } from '@quiesce/zfs';
import { batches } from '../../batches.js';
import { readBootMark } from '../../boot-test/boot-mark.js';
import { bootFolder, bootRoot, runOfBootName } from '../../boot-test/names.js';
import { destroyCloneCommand } from '../../boot-test/remove.js';
import {
  bootDatasetsCommand,
  parseBootDatasets,
  destroyTestGuestCommand,
  keptBootTestsCommand,
  removeBootFoldersCommand,
} from '../../host/boot-folders.js';
import { listRunFoldersCommand, parseRunFolders } from '../../host/run-folders.js';
import { over } from '../../over.js';
import type { Finding } from '../finding.js';

/** The guests that are named after a boot test and carry its mark. */
export async function surveyTestGuests(
  virsh: Virsh,
  { connectUri, listed }: { connectUri: string; listed: readonly ListedDomain[] },
  call: CallOptions,
): Promise<Finding[]> {
  const named = listed.filter(({ name }) => runOfBootName(name) !== undefined);
  if (named.length === 0) return [];
  const [marks] = await batches(virsh, [named.map(({ uuid }) => readBootMark({ domain: uuid }))], call);
  return named.flatMap(({ name, uuid }, index): Finding[] => {
    const runId = marks[index]?.value;
    if (runId === undefined || runId !== runOfBootName(name)) return [];
    return [{ kind: 'test-guest', name, runId, undo: [over(connectUri, destroyTestGuestCommand({ domain: uuid }))] }];
  });
}

/** The clones and snapshots that boot tests have made, clones first. */
export async function surveyBootDatasets(transport: Transport, call: CallOptions): Promise<Finding[]> {
  const { stdout } = await run(transport, bootDatasetsCommand(), call);
  const findings = parseBootDatasets(stdout).map(({ name, runId }): Finding =>
    name.includes('@')
      ? { kind: 'test-snapshot', name, runId, undo: [zfsDestroyCommand({ name })] }
      : { kind: 'test-clone', name, runId, undo: [destroyCloneCommand({ name })] },
  );
  const of = (kind: Finding['kind']): Finding[] => findings.filter((finding) => finding.kind === kind);
  return [...of('test-clone'), ...of('test-snapshot')];
}

/** The folders of boot tests. */
export async function surveyBootFolders(transport: Transport, call: CallOptions): Promise<Finding[]> {
  const { stdout } = await run(transport, listRunFoldersCommand({ roots: [bootRoot] }), call);
  return parseRunFolders(stdout, bootRoot)
    .filter(({ folder, runId }) => folder === bootFolder(runId))
    .map(({ folder, runId }) => ({
      ...{ kind: 'folder', name: folder, runId },
      undo: [removeBootFoldersCommand({ runIds: [runId] })],
    }));
}

/** What is of tests that nobody sees to any more. */
export async function withoutKept(
  transport: Transport,
  found: readonly Finding[],
  call: CallOptions,
): Promise<readonly Finding[]> {
  const runIds = [...new Set(found.map(({ runId }) => runId))];
  if (runIds.length === 0) return [];
  const { stdout } = await run(transport, keptBootTestsCommand({ runIds }), call);
  const kept = stdout.split('\n');
  return found.filter(({ runId }) => !kept.includes(runId));
}
