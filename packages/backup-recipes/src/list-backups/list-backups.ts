import type { Command } from '@quiesce/command';
import { toShell } from '@quiesce/command';
import { zfsGetCommand } from '@quiesce/zfs';
import { mountsCommand } from '../host/mounts.js';
import type { Recipe } from '../recipe.js';
import { statesOptions } from '../target/states.js';
import { resolveListOptions, type ListBackupsOptions } from './options.js';
import type { BackupList, ListEvent } from './report.js';
import { runList } from './run.js';

/** What `run` of {@link listBackups} would ask. Everything but `toShell` is data. */
export interface ListPlan {
  readonly version: 1;
  readonly recipe: 'listBackups';
  readonly target: string;
  /** The first of its commands. It then reads the files that tell of runs, in each snapshot. */
  readonly commands: readonly Command[];
  /** They as a shell script. */
  toShell(): string;
}

/** The listing of what a target can be restored from. */
export type ListBackups = Recipe<ListPlan, BackupList, ListEvent>;

/**
 * Lists what can be restored from a target, and only reads for that: what it holds now, and each of
 * its snapshots, with the run whose data it is, whether every byte of it is there, whose images
 * they are, and when they were compared with their checksums. All of that is found in the target
 * itself. A snapshot that somebody else made, or a target that was rolled back, shows as such.
 *
 * @throws {@link PreflightError} for options that no host could make right.
 *
 * @example
 * ```ts
 * const { backups } = await listBackups({ target: 'archives/backups' }).run();
 * for (const { at, complete, guests, snapshot } of backups) {
 *   console.log(snapshot ?? 'now', at, complete, guests.map(({ name }) => name));
 * }
 * ```
 */
export function listBackups(options: ListBackupsOptions): ListBackups {
  const resolved = resolveListOptions(options);
  return {
    name: 'listBackups',
    plan: () => {
      const commands = [zfsGetCommand(statesOptions(resolved.target)), mountsCommand()];
      return Promise.resolve({
        ...{ version: 1, recipe: 'listBackups', target: resolved.target, commands },
        toShell: () => `#!/bin/sh\n${commands.map((command) => `${toShell(command)}\n`).join('')}`,
      });
    },
    run: (run = {}) => runList(resolved, run),
  };
}
