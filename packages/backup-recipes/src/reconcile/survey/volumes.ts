import type { CallOptions, Transport } from '@quiesce/command';
import { createLvm, lvremoveCommand } from '@quiesce/lvm';
import { removeUnfinishedCommand } from '../../restore-images/volume-commands.js';
import { restoreOfTags } from '../../restore-images/volume-tag.js';
import { runOfTags, runTag } from '../../run-id.js';
import type { Finding } from '../finding.js';

/** The volumes with the tag of a run: snapshots, what was to become one, and half-written ones. */
export async function surveyVolumes(transport: Transport, call: CallOptions): Promise<Finding[]> {
  const volumes = await createLvm({ transport }).lvs(call);
  return volumes.flatMap(({ fullName, path, roles, tags }): Finding[] => {
    const name = path ?? `/dev/${fullName}`;
    const restore = restoreOfTags(tags);
    if (restore !== undefined) {
      const remove = removeUnfinishedCommand({ device: name }, restore);
      return [{ kind: 'restore-volume', name, runId: restore, undo: [remove] }];
    }
    const runId = runOfTags(tags);
    if (runId === undefined) return [];
    // Should someone else have made a volume of that name meanwhile, it has no such tag.
    const undo = [lvremoveCommand({ volumes: [name], tags: [runTag(runId)] })];
    return [{ kind: roles.includes('snapshot') ? 'lvm-snapshot' : 'lvm-space', name, runId, undo }];
  });
}
