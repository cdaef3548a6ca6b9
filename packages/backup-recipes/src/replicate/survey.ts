import type { Zfs } from '@quiesce/zfs';
import { ResumeTokenInvalidError } from '@quiesce/zfs';
import type { CallOptions } from '@quiesce/command';
import { PreflightError, type PreflightProblem } from '../preflight-error.js';
import { copyProblems } from './plan-transfers.js';
import type { ResolvedReplicateOptions } from './options.js';
import { readSide, type Side } from './read-side.js';

/** Both sides, as they are. */
export interface Sides {
  readonly source: Side;
  /** Undefined where it is not there yet. */
  readonly copy: Side | undefined;
}

/** What a part on the other side is of that waits for its rest, where it is not of the target. */
async function foreignPart(
  source: Zfs,
  target: string,
  { copyOf, dataset, resumeToken }: Side,
  { call, guid }: { call: CallOptions; guid: string },
): Promise<PreflightProblem[]> {
  if (resumeToken === undefined || copyOf === guid) return [];
  const part = await source.sendSize({ ...call, resumeToken }).then(
    ({ parts }) => parts[0]?.snapshot ?? '',
    (error: unknown) => {
      if (ResumeTokenInvalidError.isInstance(error)) return '';
      throw error;
    },
  );
  if (part.startsWith(`${target}@`)) return [];
  const what = part === '' ? 'something that this host does not have' : part;
  const problem = `a part of ${what} waits there for its rest: finish that, or give it up by zfs receive -A ${dataset}`;
  return [{ option: 'to.dataset', value: dataset, problem }];
}

/**
 * Looks at both sides.
 *
 * @throws {@link PreflightError} where the copy can't be one of the target.
 */
export async function readSides(
  { limits, rollback, target, to }: ResolvedReplicateOptions,
  clients: { readonly source: Zfs; readonly copy: Zfs },
  signal: AbortSignal | undefined,
): Promise<Sides> {
  const call: CallOptions = { signal, timeoutMs: limits.readMs };
  const [source, copy] = await Promise.all([
    readSide(clients.source, target, call),
    readSide(clients.copy, to.dataset, call),
  ]);
  if (source === undefined) {
    throw new PreflightError([{ option: 'target', value: target, problem: 'there is no such file system' }]);
  }
  const part = copy === undefined ? [] : await foreignPart(clients.source, target, copy, { call, guid: source.guid });
  const isPart = copy?.resumeToken !== undefined && copy.snapshots.length === 0;
  const problems = [...part, ...(isPart ? [] : copyProblems(source, copy, rollback))];
  if (problems.length > 0) throw new PreflightError(problems);
  return { source, copy };
}
