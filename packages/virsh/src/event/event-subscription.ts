import { randomBytes } from 'node:crypto';
import { pipeline } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import {
  createCommand,
  createCommandRunner,
  linkSignals,
  OutputParseError,
  type Command,
  type RunningCommand,
  type Transport,
} from '@quiesce/command';
import { virshErrors } from '../error-rules.js';
import { virshEventCommand, parseVirshEvent, type DomainEvent, type VirshEventOptions } from './event.js';
import { quoteVirshWord } from '../quote-word.js';
import { subscriptionLogEnvironment, SubscriptionLog } from './event-log.js';

/** What {@link EventSubscription.ready} resolves with. */
export interface SubscriptionReady {
  /**
   * Whether libvirt confirmed the subscription, so that no later event can be missed. False where
   * that can't be seen, as under sudo, which drops the environment variables it takes; then it was
   * given three seconds.
   */
  readonly confirmed: boolean;
}

/** A running subscription to events. It is iterated once. */
export interface EventSubscription extends AsyncIterable<DomainEvent, void, undefined>, AsyncDisposable {
  /**
   * Resolves when events are received: do afterwards what shall be seen. Rejects as the iteration
   * would, where there is no subscription.
   */
  readonly ready: Promise<SubscriptionReady>;
  /** Ends the subscription, and the iteration without an error. */
  close(): Promise<void>;
}

/** What {@link subscribe} needs of a client. */
export interface SubscribeContext {
  readonly transport: Transport;
  /** The program, where it is not just `virsh`. */
  readonly path?: string | undefined;
  /** The words of the client's connection. */
  readonly leading?: readonly string[];
  /** Milliseconds given to a subscription that can't be confirmed. */
  readonly unconfirmedMs?: number;
}

/** One virsh that lists the kinds of events, prints the marker, and then subscribes. */
function watchCommand(options: VirshEventOptions, marker: string): Command {
  const watch = virshEventCommand(options).args.map(quoteVirshWord).join(' ');
  return createCommand('virsh', [`event --list; echo ${marker}; ${watch}`], {
    effect: 'read',
    env: subscriptionLogEnvironment,
  });
}

/** Starts {@link Virsh.events}. */
export function subscribe(
  { leading = [], path, transport, unconfirmedMs = 3000 }: SubscribeContext,
  options: VirshEventOptions,
): EventSubscription {
  const marker = `quiesce-${randomBytes(16).toString('hex')}`;
  const log = new SubscriptionLog();
  const closed = new AbortController();
  const withLog: Transport = {
    name: transport.name,
    start: (command, startOptions) => {
      const running = linkSignals([startOptions?.signal, closed.signal], (signal) =>
        transport.start(command, { ...startOptions, signal }),
      );
      pipeline(running.stderr, log, () => undefined);
      return { ...running, stderr: log } satisfies RunningCommand;
    },
  };
  // A runner of its own: the client's time limit is not for what goes on until it is left.
  const client = { transport: withLog, ...(path !== undefined && { path }) };
  const virsh = createCommandRunner(client, { program: 'virsh', errors: virshErrors, leading });
  const printed = virsh.lines(watchCommand(options, marker), {
    signal: options.signal,
    timeoutMs: options.timeoutMs,
  });

  const ended = (): Error => new OutputParseError('virsh ended before it subscribed', { text: '' });
  const opening = (async (): Promise<number> => {
    for (let kinds = 0; ;) {
      const line = await printed.next();
      if (line.done === true) throw ended();
      if (line.value === marker) return options.event === undefined ? kinds : 1;
      if (line.value !== '') kinds += 1;
    }
  })();
  const nextEvent = async (): Promise<DomainEvent | undefined> => {
    for (;;) {
      const line = await printed.next();
      if (line.done === true) return undefined;
      const event = parseVirshEvent(line.value);
      if (event !== undefined) return event;
    }
  };
  // Read ahead: a virsh that fails right after the marker fails `ready` too.
  const first = opening.then(nextEvent);
  const settle = async (): Promise<SubscriptionReady> => {
    const subscriptions = await opening;
    const settled = new AbortController();
    const failed = first.then((event) =>
      event === undefined ? Promise.reject(ended()) : new Promise<never>(() => undefined),
    );
    try {
      return await Promise.race([
        log.answered(subscriptions).then(() => ({ confirmed: true })),
        delay(unconfirmedMs, { confirmed: false }, { signal: settled.signal }),
        failed,
      ]);
    } finally {
      settled.abort();
    }
  };
  const ready = settle();
  for (const promise of [opening, first, ready]) promise.catch(() => undefined);

  const close = async (): Promise<void> => {
    closed.abort();
    await printed.return(undefined).catch(() => undefined);
  };
  async function* iterate(): AsyncGenerator<DomainEvent, void, undefined> {
    try {
      for (let event = await first; event !== undefined; event = await nextEvent()) yield event;
    } catch (error) {
      if (!closed.signal.aborted) throw error;
    } finally {
      await close();
    }
  }
  const iterator = iterate();
  return { ready, close, [Symbol.asyncDispose]: close, [Symbol.asyncIterator]: () => iterator };
}
