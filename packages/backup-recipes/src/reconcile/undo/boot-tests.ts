import { CommandError } from '@quiesce/command';
import { destroyTestDataset, endTestGuest, removeTestFolder } from '../../boot-test/remove.js';
import { limits } from '../../limits.js';
import type { Finding } from '../finding.js';
import type { Survey } from '../survey/survey.js';
import type { Undoing } from './undoing.js';

const undoers: Partial<Record<Finding['kind'], typeof endTestGuest>> = {
  'test-guest': endTestGuest,
  'test-clone': destroyTestDataset,
  'test-snapshot': destroyTestDataset,
  folder: removeTestFolder,
};

/** Takes away what boot tests have left: guests, then clones, then snapshots, then folders. */
export async function removeBootThings({ bootThings }: Survey, undoing: Undoing): Promise<void> {
  const isLeft = (runId: string): boolean =>
    undoing.left.some(({ finding }) => finding.kind === 'test-clone' && finding.runId === runId);
  for (const finding of bootThings) {
    await undoing.undo('remove', finding, async () => {
      // It would fail, or take away what the clone is mounted in.
      if (isLeft(finding.runId)) throw new CommandError(`the clone of boot test ${finding.runId} is still there`);
      await undoers[finding.kind]?.(undoing.transport, finding.undo, limits);
    });
  }
}
