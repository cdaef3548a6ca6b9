import { toShell, type Command } from '@quiesce/command';
import { createZfs } from '@quiesce/zfs';
import type { Recipe } from '../recipe.js';
import { accessTo } from '../target/in-state.js';
import { checkManifestCommand, manifestPath } from '../target/manifest.js';
import { readStates } from '../target/states.js';
import { resolveVerifyOptions, type ResolvedVerifyOptions, type VerifyBackupOptions } from './options.js';
import type { VerifyEvent, VerifyReport } from './report.js';
import { chosenStates, runVerify } from './run.js';

/** What `run` of {@link verifyBackup} would compare. Everything but `toShell` is data. */
export interface VerifyPlan {
  readonly version: 1;
  readonly recipe: 'verifyBackup';
  readonly target: string;
  readonly folders: readonly {
    /** Undefined for what the target holds now. */
    readonly snapshot: string | undefined;
    readonly folder: string;
    readonly runId: string;
    /** Prints what differs from the checksums, as records that end with NUL. */
    readonly compare: Command;
  }[];
  /** A shell script that does the comparing. */
  toShell(): string;
}

/** The comparing of backups with the checksums that were kept of what was frozen. */
export type VerifyBackup = Recipe<VerifyPlan, VerifyReport, VerifyEvent>;

async function planVerify(options: ResolvedVerifyOptions, signal: AbortSignal | undefined): Promise<VerifyPlan> {
  const { limits, target, transport } = options;
  const states = await readStates({ transport, zfs: createZfs({ transport }) }, target, {
    ...{ signal, timeoutMs: limits.readMs },
  });
  const folders = chosenStates(options, states).flatMap((state) => {
    const { at, wrap } = accessTo(state);
    return state.folders.flatMap(({ complete, folder, runId }) => {
      const check = { folder: `${at}/${folder}`, manifest: manifestPath(at, folder), runId };
      const planned = { snapshot: state.snapshot, folder, runId, compare: wrap(checkManifestCommand(check)) };
      return complete ? [planned] : [];
    });
  });
  return {
    ...{ version: 1, recipe: 'verifyBackup', target, folders },
    toShell: () =>
      ['#!/bin/sh', ...folders.map(({ compare }) => `${toShell(compare)} | tr '\\0' '\\n'`), ''].join('\n'),
  };
}

/**
 * Compares backups with the checksums that were kept of what was frozen, reading every byte, and
 * looks at the pool that they lie on. What differs is named. When it was compared, and what came of
 * it, is noted at the dataset or snapshot itself: `listBackups` tells it.
 *
 * `run` resolves where everything is whole, and of a folder without checksums nothing can be said.
 * It throws {@link VerifyFailedError}, with the report, where something differs or is incomplete,
 * where the pool is not `ONLINE` or has lost data, and after an abort.
 *
 * @throws {@link PreflightError} for options that no host could make right.
 *
 * @example
 * ```ts
 * const report = await verifyBackup({ target: 'archives/backups', scrub: true }).run();
 * for (const { folders, runId } of report.backups) console.log(runId, folders);
 * ```
 */
export function verifyBackup(options: VerifyBackupOptions): VerifyBackup {
  const resolved = resolveVerifyOptions(options);
  return {
    name: 'verifyBackup',
    plan: ({ signal } = {}) => planVerify(resolved, signal),
    run: (run = {}) => runVerify(resolved, run),
  };
}
