import type { MethodTable } from '@quiesce/command';
import { subscribe, type EventSubscription, type SubscribeContext } from './event-subscription.js';
import { virshEventRows, type VirshEventOptions } from './event.js';

/** The methods of {@link Virsh} that tell what happens to domains. */
export interface EventMethods {
  /**
   * Follows events until it is left, closed, aborted, or libvirt ends the connection. virsh is
   * started at once; the client's `timeoutMs` does not apply, only one given here. Whoever does not
   * read holds up virsh, not memory.
   *
   * @throws {@link DomainNotFoundError}, {@link ConnectionFailedError} while iterating, and from
   * `ready`.
   *
   * @example
   * ```ts
   * await using events = virsh.events({ event: 'lifecycle' });
   * await events.ready;
   * await virsh.suspend({ domain: 'MySQL' });
   * for await (const event of events) {
   *   if (event.event === 'lifecycle' && event.type === 'Suspended') break;
   * }
   * ```
   *
   * @see {@link https://www.libvirt.org/manpages/virsh.html#event | virsh(1), event}
   */
  events(options?: VirshEventOptions): EventSubscription;
}

/** The rows of {@link EventMethods}. */
export const eventTable: MethodTable<EventMethods> = {
  events: { command: 'virsh event', rows: virshEventRows },
};

/** Makes {@link EventMethods}. */
export function eventMethods(context: SubscribeContext): EventMethods {
  return {
    events: (options = {}) => subscribe(context, options),
  };
}
