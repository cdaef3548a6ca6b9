import type { Recipe } from '../recipe.js';
import { resolveBootOptions, type BootTestOptions } from './options.js';
import { planBootTest, type BootPlan } from './plan.js';
import type { BootEvent, BootReport } from './report.js';
import { runBootTest } from './run.js';

/** The starting of a guest from its backup. */
export type BootTest = Recipe<BootPlan, BootReport, BootEvent>;

/**
 * Starts a guest from its backup, to see that it does start, and takes everything away again. The
 * guest is a throw-away: it has another name, works on a ZFS clone of the backup, and reaches no
 * network, no device of the host and none of the guest's disks that are not in the backup. The
 * guest itself, if it runs, goes on undisturbed, and so may a backup.
 *
 * Where the sign is a port, the guest has its first network interface, in a network of QEMU in
 * which it meets nobody: see {@link PortSign}.
 *
 * `run` resolves when the sign was seen. It throws {@link BootTestFailedError}, with the report and
 * the last lines that the guest printed, where it was not seen in time, where the guest ended
 * before, where something could not be removed, and after an abort.
 *
 * @throws {@link PreflightError} for options that no host could make right; by `plan` and `run`
 * also where there is no such backup, it is not complete, or the host has not the memory to spare.
 *
 * @example
 * ```ts
 * const test = bootTest({
 *   target: 'archives/backups',
 *   guest: 'MySQL',
 *   sign: { console: 'login:' },
 * });
 * const { signMs } = await test.run();
 * console.log(`it starts in ${signMs ?? 0} ms`);
 * ```
 */
export function bootTest(options: BootTestOptions): BootTest {
  const resolved = resolveBootOptions(options);
  return {
    name: 'bootTest',
    plan: ({ signal } = {}) => planBootTest(resolved, signal),
    run: (run = {}) => runBootTest(resolved, run),
  };
}
