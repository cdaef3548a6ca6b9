/**
 * State of a domain, in the words of virsh. `idle` is a running domain that waits, `pmsuspended`
 * one that its guest suspended.
 */
export type DomainState =
  'no state' | 'running' | 'idle' | 'paused' | 'in shutdown' | 'shut off' | 'crashed' | 'pmsuspended';

interface NumberedState {
  readonly state: DomainState;
  readonly reasons: readonly string[];
}

/** virDomainState and the reasons of each, both by their numbers. */
const numberedStates: readonly NumberedState[] = [
  { state: 'no state', reasons: ['unknown'] },
  {
    state: 'running',
    reasons: [
      ...['unknown', 'booted', 'migrated', 'restored', 'from snapshot', 'unpaused', 'migration canceled'],
      ...['save canceled', 'event wakeup', 'crashed', 'post-copy', 'post-copy failed'],
    ],
  },
  { state: 'idle', reasons: ['unknown'] },
  {
    state: 'paused',
    reasons: [
      ...['unknown', 'user', 'migrating', 'saving', 'dumping', 'I/O error', 'watchdog', 'from snapshot'],
      ...['shutting down', 'creating snapshot', 'crashed', 'starting up', 'post-copy', 'post-copy failed', 'api error'],
    ],
  },
  { state: 'in shutdown', reasons: ['unknown', 'user'] },
  {
    state: 'shut off',
    reasons: [
      ...['unknown', 'shutdown', 'destroyed', 'crashed', 'migrated', 'saved', 'failed', 'from snapshot', 'daemon'],
    ],
  },
  { state: 'crashed', reasons: ['unknown', 'panicked'] },
  { state: 'pmsuspended', reasons: ['unknown'] },
];

/** The state that virsh names so, if there is one. */
export function stateNamed(text: string): DomainState | undefined {
  return numberedStates.find(({ state }) => state === text)?.state;
}

/** A state and its reason by libvirt's numbers. Undefined is what only a newer libvirt knows. */
export function stateNumbered(
  state: number,
  reason: number,
): { readonly state: DomainState | undefined; readonly reason: string | undefined } {
  const numbered = numberedStates[state];
  return { state: numbered?.state, reason: numbered?.reasons[reason] };
}
