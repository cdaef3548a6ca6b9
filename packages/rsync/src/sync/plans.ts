import { checkOptions, type Command } from '@quiesce/command';
import type { RsyncOptions } from '../options/sync-options.js';
import { rsyncRows } from '../options/sync-rows.js';
import { parseRsyncDifference } from '../output/itemized-change.js';
import { rsyncDiffRows, type RsyncDiffOptions } from './diff-options.js';
import type { RunPlan } from './follow.js';
import { rsyncCommand, rsyncDiffCommand } from './sync-command.js';

const seesAllFirst = ({ args }: Command): boolean =>
  args.slice(0, args.indexOf('--')).some((word) => word === '--no-inc-recursive' || word === '--no-i-r');

/** How {@link Rsync.sync} runs. */
export function planSync(options: RsyncOptions, timeoutMs: number | undefined): RunPlan {
  const checked = checkOptions<RsyncOptions>(rsyncRows, options);
  const command = rsyncCommand(checked);
  return {
    command,
    call: { signal: checked.signal, timeoutMs: checked.timeoutMs ?? timeoutMs },
    parser: { totalIsFinal: seesAllFirst(command) },
    tolerance: checked,
    maximumChanges: checked.maximumChanges ?? 0,
  };
}

/** How {@link Rsync.diff} runs. */
export function planDiff(options: RsyncDiffOptions, timeoutMs: number | undefined): RunPlan {
  const checked = checkOptions<RsyncDiffOptions>(rsyncDiffRows, options);
  return {
    command: rsyncDiffCommand(checked),
    call: { signal: checked.signal, timeoutMs: checked.timeoutMs ?? timeoutMs },
    parser: { readChange: parseRsyncDifference },
    // What vanishes meanwhile differs, and is gone.
    tolerance: { ...checked, vanishedFiles: 'warn' },
    maximumChanges: 0,
  };
}
