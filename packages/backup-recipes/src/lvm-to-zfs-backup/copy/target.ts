import { CommandError, run } from '@quiesce/command';
import { provenanceProperties, snapshotProperties } from '../../target/provenance.js';
import {
  completeTargetCommand,
  notCompleteExitCode,
  openTargetCommand,
  parseTargetContents,
} from '../../target/target-commands.js';
import type { RunState } from '../run-state.js';
import { firstOf } from './warnings.js';

/** Where a run writes to. */
export function placeOf({ facts, options }: Pick<RunState, 'facts' | 'options'>): {
  dataset: string;
  targetFolder: string;
} {
  return { dataset: options.target, targetFolder: facts.targetFolder };
}

/**
 * Makes the ZFS snapshot of what the target holds, an earlier run's data, and marks the target as
 * being written to. Where that fails nothing may be copied: it would overwrite the only copy of the
 * earlier data.
 */
export async function preserveTarget(state: RunState, onMade: () => void): Promise<void> {
  const { clients, facts, journal, options, runId, transport } = state;
  await journal.step('zfs-snapshot', facts.zfsSnapshot, async () => {
    const limit = { timeoutMs: options.limits.zfsMs, signal: state.copySignal };
    const properties = snapshotProperties(facts.provenance, facts.verified);
    await clients.zfs.snapshot({ ...limit, snapshots: [facts.zfsSnapshot], properties });
    onMade();
    // The properties first: files that name another run than they do are those of the data,
    // whatever happens in between.
    const incomplete = provenanceProperties({ runId, complete: false });
    await clients.zfs.set({ ...limit, datasets: [options.target], properties: incomplete });
    await run(transport, openTargetCommand(placeOf(state), { runId, guests: facts.guests }), {
      timeoutMs: options.limits.smallMs,
    });
  });
}

/**
 * Marks the target as complete, if every folder in it is. ZFS has everything on its disks that was
 * written before this returns.
 *
 * @returns whether it is.
 */
export async function completeTarget(state: RunState): Promise<boolean> {
  const { clients, facts, journal, options, runId, transport } = state;
  const complete = await run(transport, completeTargetCommand(placeOf(state), { runId }), {
    timeoutMs: options.limits.smallMs,
    successCodes: [0, notCompleteExitCode],
  });
  const { foreign, incomplete } = parseTargetContents(complete.stdout);
  const tell = (why: string): void => {
    journal.problem('zfs-snapshot', options.target, new CommandError(why), false);
  };
  if (foreign.length > 0) {
    tell(
      `it holds what no run of this recipe wrote, and of which complete says nothing; move it elsewhere if it is no part of the backup: ${firstOf(foreign)}`,
    );
  }
  if (complete.exitCode === notCompleteExitCode) {
    const earlier = incomplete.filter((folder) => !state.folders.has(folder));
    if (earlier.length > 0) {
      tell(
        `folders are incomplete since an earlier run, and this run is not about them; back their volumes up again, or remove them below ${facts.targetFolder}: ${firstOf(earlier)}`,
      );
    }
    return false;
  }
  const properties = provenanceProperties({ runId, complete: true });
  await clients.zfs.set({ timeoutMs: options.limits.zfsMs, datasets: [options.target], properties });
  return !state.isDry;
}
