import { run, type CallOptions, type Transport } from '@quiesce/command';
import { umountCommand } from '../../host/mount.js';
import { mountsCommand, parseMounts } from '../../host/mounts.js';
import { isRunId } from '../../run-id.js';
import type { Finding } from '../finding.js';

/** What runs have mounted, in the order in which it has to be unmounted. */
export async function surveyMounts(transport: Transport, mountRoot: string, call: CallOptions): Promise<Finding[]> {
  const { stdout } = await run(transport, mountsCommand(), call);
  const found = parseMounts(stdout).flatMap(({ target }): Finding[] => {
    if (!target.startsWith(`${mountRoot}/`)) return [];
    const [runId = '', folder = ''] = target.slice(mountRoot.length + 1).split('/');
    if (!isRunId(runId) || folder === '') return [];
    return [{ kind: 'mount', name: target, runId, undo: [umountCommand({ folder: target })] }];
  });
  return found.reverse();
}
