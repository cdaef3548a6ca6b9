import { run, type CallOptions } from '@quiesce/command';
import type { Zfs } from '@quiesce/zfs';
import { runOfBootName } from '../boot-test/names.js';
import { clockCommand, parseClock } from '../host/clock.js';
import { PreflightError } from '../preflight-error.js';
import { readStates } from '../target/states.js';
import type { ResolvedPruneOptions } from './options.js';
import { decide, type PolicyDecision } from './policy.js';

/** What the rules ask for on the host as it is. */
export interface Look extends PolicyDecision {
  /** The time, by the clock of the host. */
  readonly now: Date;
}

/** The name of a snapshot after the `@`. */
export function shortName(snapshot: string): string {
  return snapshot.slice(snapshot.indexOf('@') + 1);
}

/** Looks at the snapshots of a target, and what the rules say of each. */
export async function look(options: ResolvedPruneOptions, zfs: Zfs, signal: AbortSignal | undefined): Promise<Look> {
  const { limits, target, transport } = options;
  const call: CallOptions = { signal, timeoutMs: limits.readMs };
  const all = await readStates({ transport, zfs }, target, call);
  // That of a boot test goes with the test: it must take the place of no other.
  const states = all.filter(
    ({ snapshot }) => snapshot === undefined || runOfBootName(shortName(snapshot)) === undefined,
  );
  // Without its files nobody can tell what is complete.
  if (states[0]?.folder === undefined) {
    const problem = `it is not mounted, so nothing in it can be read: zfs mount ${target}`;
    throw new PreflightError([{ option: 'target', value: target, problem }]);
  }
  // Asked last: what was made until then is not from the future.
  const now = parseClock((await run(transport, clockCommand(), call)).stdout);
  return { ...decide(states, { ...options, now }), now };
}
