// Past this the reader waits. One chunk of output may go over it by as many lines as it has.
const roomFor = 256;

/** Events between the reader of a command's output and the one loop that may look at them. */
export interface EventQueue<Event> {
  /** Hands events over. With a promise, wait for it before reading on: the loop is behind. */
  readonly put: (events: readonly Event[]) => Promise<void> | undefined;
  /** Begins to keep events: there is a loop now. */
  readonly listen: () => void;
  /** The next event, or undefined when there will be none. */
  readonly take: () => Promise<Event | undefined>;
  /** Makes nobody wait for the loop any more. */
  readonly release: () => void;
  /** There will be no more events. */
  readonly close: () => void;
}

/**
 * Keeps events only once somebody listens, and then holds the reader back rather than grow: a slow
 * loop slows the command down. Where `replaces` says so, an event takes the place of the one before
 * it that was not taken yet.
 */
export function createEventQueue<Event>(replaces: (next: Event, previous: Event) => boolean): EventQueue<Event> {
  const queue: Event[] = [];
  let listening = false;
  let released = false;
  let closed = false;
  let waiting: (() => void)[] = [];

  // One signal for both sides: whoever waits looks again.
  const changed = (): void => {
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  };
  const change = (): Promise<void> =>
    new Promise((resolve) => {
      waiting.push(resolve);
    });
  const full = (): boolean => listening && !released && queue.length >= roomFor;

  return {
    put: (events) => {
      if (!listening || events.length === 0) return undefined;
      for (const event of events) {
        const previous = queue.at(-1);
        if (previous !== undefined && replaces(event, previous)) queue.pop();
        queue.push(event);
      }
      changed();
      if (!full()) return undefined;
      return (async () => {
        while (full()) await change();
      })();
    },
    listen: () => {
      listening = true;
    },
    take: async () => {
      for (;;) {
        const event = queue.shift();
        if (event !== undefined) {
          changed();
          return event;
        }
        if (closed) return undefined;
        await change();
      }
    },
    release: () => {
      released = true;
      changed();
    },
    close: () => {
      closed = true;
      changed();
    },
  };
}
