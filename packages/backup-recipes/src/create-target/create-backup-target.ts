import { toShell, type Command } from '@quiesce/command';
import {
  createZfs,
  zfsCreateCommand,
  zfsMountCommand,
  zfsSetCommand,
  zpoolCreateCommand,
  zpoolSetCommand,
} from '@quiesce/zfs';
import type { Recipe } from '../recipe.js';
import { look } from './look.js';
import { resolveCreateOptions, type CreateBackupTargetOptions, type ResolvedCreateOptions } from './options.js';
import type { CreateTargetEvent, CreateTargetReport, TargetDifference } from './report.js';
import { runCreateTarget } from './run.js';
import { datasetOptions, poolOptions } from './wanted.js';

/** What `run` of {@link createBackupTarget} would do. Everything but `toShell` is data. */
export interface CreateTargetPlan {
  readonly version: 1;
  readonly recipe: 'createBackupTarget';
  readonly target: string;
  /** What is not as it was asked for. */
  readonly differences: readonly TargetDifference[];
  /** What would be done, in this order. Empty where all is there and right. */
  readonly commands: readonly Command[];
  /** They as a shell script. */
  toShell(): string;
}

/** The making of what backups are made to. */
export type CreateBackupTarget = Recipe<CreateTargetPlan, CreateTargetReport, CreateTargetEvent>;

async function planCreate(options: ResolvedCreateOptions, signal: AbortSignal | undefined): Promise<CreateTargetPlan> {
  const { mend, pool, target, transport } = options;
  const { datasetExists, differences, folder, poolExists } = await look(createZfs({ transport }), options, signal);
  const mended = mend ? differences.filter(({ canBeMended }) => canBeMended) : [];
  const commands = [
    ...(poolExists ? [] : [zpoolCreateCommand(poolOptions(options))]),
    ...(datasetExists ? [] : [zfsCreateCommand(datasetOptions(options))]),
    ...mended.map(({ object, property, wanted: value }) =>
      object === pool
        ? zpoolSetCommand({ pool, property, value })
        : zfsSetCommand({ datasets: object, properties: { [property]: value } }),
    ),
    ...(datasetExists && folder === undefined ? [zfsMountCommand({ filesystem: target })] : []),
  ];
  return {
    ...{ version: 1, recipe: 'createBackupTarget', target, differences, commands },
    toShell: () => `#!/bin/sh\nset -e\n${commands.map((command) => `${toShell(command)}\n`).join('')}`,
  };
}

/**
 * Makes what backups are made to: a mirror of two devices or more, where there is no pool of that
 * name, and in it a file system with properties that suit images of disks. It never takes a device
 * that has something on it.
 *
 * What exists already is left as it is, and looked at: `run` resolves where it is as it was asked
 * for. It throws {@link CreateTargetFailedError}, with the report, where something differs;
 * `mend: true` sets what can be set. {@link PreflightError} says why it can't be made, before
 * anything was.
 *
 * @throws {@link PreflightError} for options that no host could make right.
 *
 * @example
 * ```ts
 * const report = await createBackupTarget({
 *   target: 'archives/backups',
 *   mirror: ['/dev/disk/by-id/usb-WD_1', '/dev/disk/by-id/usb-WD_2'],
 * }).run();
 * console.log(report.made, report.folder);
 * ```
 */
export function createBackupTarget(options: CreateBackupTargetOptions): CreateBackupTarget {
  const resolved = resolveCreateOptions(options);
  return {
    name: 'createBackupTarget',
    plan: ({ signal } = {}) => planCreate(resolved, signal),
    run: (run = {}) => runCreateTarget(resolved, run),
  };
}
