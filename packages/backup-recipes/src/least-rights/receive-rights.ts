import { toShell, type Command } from '@quiesce/command';
import { zfsAllowCommand } from '@quiesce/zfs';
import type { ReplicatePlan } from '../replicate/plan.js';
import { userProblems } from './user.js';
import { PreflightError } from '../preflight-error.js';

/** What {@link receiveRights} takes. */
export interface ReceiveRightsOptions {
  /** The user of the host of the copy, as `backup`. */
  readonly user: string;
  /**
   * Whether `replicate` is run with `rollback: true`, which destroys snapshots of the copy.
   * @default false
   */
  readonly rollback?: boolean;
}

/** What a user needs to receive a copy. Everything but `toShell` is data. */
export interface ReceiveRights {
  readonly user: string;
  /** Where it holds, with what is below it: the copy, or what it will lie in. */
  readonly dataset: string;
  readonly permissions: readonly string[];
  /** Allows it: to be run as root on the host of the copy. */
  readonly allow: Command;
  /** It as a shell script. */
  toShell(): string;
}

// Receiving a new file system wants `mount` also where it is not mounted.
const receiving = [
  'create',
  'receive',
  'mount',
  'hold',
  'release',
  'userprop',
  'readonly',
  'canmount',
  'overlay',
  'sharenfs',
  'sharesmb',
];

/**
 * Tells the least that a user needs on the host of the copy for `replicate`, by `zfs allow`. It
 * needs no sudo there, and gets at no other dataset. The copy can't be mounted like this: on Linux
 * that is for root alone.
 *
 * Where the copy is not there yet, it holds for what it will lie in. Give it a dataset of its own
 * to lie in, and make the rights again once the copy is there.
 *
 * @throws {@link PreflightError} for a user that could be read in another way.
 *
 * @example
 * ```ts
 * const to = {
 *   dataset: 'offsite/backups',
 *   transport: sshTransport({ host: 'nas', user: 'backup' }),
 * };
 * const plan = await replicate({ target: 'archives/backups', to }).plan();
 * console.log(receiveRights(plan, { user: 'backup' }).toShell());
 * ```
 *
 * @see {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-allow.8.html | zfs-allow(8)}
 */
export function receiveRights(
  { copy, copyExists }: Pick<ReplicatePlan, 'copy' | 'copyExists'>,
  { rollback = false, user }: ReceiveRightsOptions,
): ReceiveRights {
  const problems = [...userProblems(user)];
  if (problems.length > 0) throw new PreflightError(problems);
  const dataset = copyExists ? copy : copy.replace(/\/[^/]*$/, '');
  const permissions = [...receiving, ...(rollback ? ['rollback', 'destroy'] : [])];
  const allow = zfsAllowCommand({ dataset, users: user, permissions });
  return { user, dataset, permissions, allow, toShell: () => `#!/bin/sh\n${toShell(allow)}\n` };
}
