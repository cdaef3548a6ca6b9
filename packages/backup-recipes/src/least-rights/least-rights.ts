import { localTransport, quoteWord, run, type Transport } from '@quiesce/command';
import * as z from 'zod';
import { mountpointOf, mountsCommand, parseMounts } from '../host/mounts.js';
import type { ListPlan } from '../list-backups/list-backups.js';
import { limits } from '../limits.js';
import type { BackupPlan } from '../lvm-to-zfs-backup/plan/backup-plan.js';
import { PreflightError, type PreflightProblem } from '../preflight-error.js';
import { shapeProblems, transportShape } from '../shape-problems.js';
import { targetNameProblems } from '../target/target-name.js';
import type { VerifyPlan } from '../verify-backup/verify-backup.js';
import type { AllowedCommand } from './allowed.js';
import { backupCommands, rootReasons } from './backup-programs.js';
import { doorScript } from './door.js';
import { listCommands, verifyCommands, type TargetOfRights } from './readers.js';
import { userProblems } from './user.js';

/** A plan whose rights {@link leastRights} knows. */
export type PlanWithRights =
  Pick<BackupPlan, 'recipe' | 'target'> | Pick<ListPlan, 'recipe' | 'target'> | Pick<VerifyPlan, 'recipe' | 'target'>;

/** What {@link leastRights} takes. */
export interface LeastRightsOptions {
  /** The user of the host as whom recipes come, as `backup`. */
  readonly user: string;
  /**
   * Reaches the host as anybody: it is asked where the targets are mounted.
   * @default localTransport()
   */
  readonly transport?: Transport;
}

/** What a user needs to run recipes. Everything but `toShell` is data. */
export interface LeastRights {
  readonly user: string;
  readonly recipes: readonly PlanWithRights['recipe'][];
  /** The program that runs what is allowed: the `path` of `sudo()`. */
  readonly doorPath: string;
  /** Its text. It belongs to root, with the mode 0755. */
  readonly door: string;
  readonly sudoersPath: string;
  /** The text of that file. It belongs to root, with the mode 0440. */
  readonly sudoers: string;
  /** Why this is as much as being root. Empty where it is not. */
  readonly amountsToRoot: readonly { readonly program: string; readonly why: string }[];
  /** A shell script that puts both in their place, to be run as root. */
  toShell(): string;
}

const shape = z.strictObject({ user: z.string(), transport: transportShape });
const knownRecipes = ['lvmToZfsBackup', 'listBackups', 'verifyBackup'];
function* problemsOf(plans: readonly PlanWithRights[], user: string): Generator<PreflightProblem> {
  if (plans.length === 0) yield { option: 'plans', value: '[]', problem: 'empty: give the plan of a recipe' };
  for (const [index, { recipe, target }] of plans.entries()) {
    const option = `plans[${String(index)}]`;
    if (!knownRecipes.includes(recipe)) {
      const problem = `its rights are not known: give a plan of ${knownRecipes.join(', ')}`;
      yield { option: `${option}.recipe`, value: recipe, problem };
    }
    yield* targetNameProblems(target, `${option}.target`);
  }
  yield* userProblems(user);
}

async function placesOf(targets: ReadonlySet<string>, transport: Transport): Promise<TargetOfRights[]> {
  const { stdout } = await run(transport, mountsCommand(), { timeoutMs: limits.readMs });
  const mounts = parseMounts(stdout);
  const places = [...targets].map((target) => ({ target, targetFolder: mountpointOf(target, mounts) }));
  const problems = places.flatMap(({ target, targetFolder }) =>
    targetFolder === undefined
      ? [
          {
            option: 'target',
            value: target,
            problem: `it is not mounted, and rights name its folder: zfs mount ${target}`,
          },
        ]
      : [],
  );
  if (problems.length > 0) throw new PreflightError(problems);
  return places.map(({ target, targetFolder = '' }) => ({ target, targetFolder }));
}

function commandsOf({ recipe }: PlanWithRights, place: TargetOfRights): AllowedCommand[] {
  switch (recipe) {
    case 'lvmToZfsBackup':
      return backupCommands();
    case 'listBackups':
      return listCommands(place);
    case 'verifyBackup':
      return verifyCommands(place);
  }
}

function installation({ door, doorPath, sudoers, sudoersPath }: Omit<LeastRights, 'toShell'>): string {
  const [program, rules] = [quoteWord(doorPath), quoteWord(sudoersPath)];
  return [
    '#!/bin/sh',
    '# Run it as root.',
    'set -eu',
    'umask 077',
    `printf %s ${quoteWord(door)} >${program}.new`,
    `chmod 0755 ${program}.new`,
    `mv -f -- ${program}.new ${program}`,
    '# sudo leaves out a file with a dot in its name.',
    `printf %s ${quoteWord(sudoers)} >${rules}.new`,
    `chmod 0440 ${rules}.new`,
    `visudo -cqf ${rules}.new || { rm -f -- ${rules}.new; exit 1; }`,
    `mv -f -- ${rules}.new ${rules}`,
    '',
  ].join('\n');
}

/**
 * Tells the least that a user needs on the host to run recipes through `sudo()`, as files to
 * install. It installs nothing.
 *
 * sudo lets the user start one program that root owns, the door. The door compares each word of a
 * command with what the recipes run, and runs it or refuses. With `listBackups` and `verifyBackup`
 * alone, that is less than root. A backup brings scripts along that run as root, so its rights are
 * as much as being root: `amountsToRoot` says so.
 *
 * Make it again after each update of this package: the door has the words of its scripts.
 *
 * @param plans - Plans of `lvmToZfsBackup`, `listBackups` and `verifyBackup`, one or many.
 * @throws {@link PreflightError} for a user that sudo could misread, a plan of another recipe, and
 * a target that is not mounted.
 *
 * @example
 * ```ts
 * const plans = [
 *   await listBackups({ target: 'archives/backups' }).plan(),
 *   await verifyBackup({ target: 'archives/backups' }).plan(),
 * ];
 * const rights = await leastRights(plans, { user: 'reader' });
 * console.log(rights.toShell()); // run this as root, and then:
 * const transport = sudo(sshTransport({ host: 'hv1', user: 'reader' }), { path: rights.doorPath });
 * await listBackups({ target: 'archives/backups', transport }).run();
 * ```
 *
 * @see {@link https://www.sudo.ws/docs/man/sudoers.man/ | sudoers(5)}
 */
export async function leastRights(
  plans: PlanWithRights | readonly PlanWithRights[],
  options: LeastRightsOptions,
): Promise<LeastRights> {
  const misshapen = shapeProblems(shape, options);
  if (misshapen.length > 0) throw new PreflightError(misshapen);
  const { transport = localTransport(), user } = options;
  const all = 'recipe' in plans ? [plans] : plans;
  const problems = [...problemsOf(all, user)];
  if (problems.length > 0) throw new PreflightError(problems);
  const places = await placesOf(new Set(all.map(({ target }) => target)), transport);
  const commands = all.flatMap((plan) =>
    places.filter(({ target }) => target === plan.target).flatMap((place) => commandsOf(plan, place)),
  );
  const recipes = [...new Set(all.map(({ recipe }) => recipe))];
  const doorPath = `/usr/local/sbin/quiesce-door-${user}`;
  const programs = commands.flatMap(({ rest, words: [program] }) =>
    rest && typeof program === 'string' ? [program] : [],
  );
  const amountsToRoot = [...new Set(programs)].flatMap((program) => {
    const why = rootReasons.get(program);
    return why === undefined ? [] : [{ program, why }];
  });
  const rights: Omit<LeastRights, 'toShell'> = {
    ...{ user, recipes, doorPath, amountsToRoot },
    door: doorScript({ user, doorPath, commands, what: recipes.join(', ') }),
    sudoersPath: `/etc/sudoers.d/quiesce-${user}`,
    sudoers: `# Made by leastRights of @quiesce/backup-recipes.\nDefaults!${doorPath} env_reset\n${user} ALL=(root) NOPASSWD: ${doorPath}\n`,
  };
  return { ...rights, toShell: () => installation(rights) };
}
