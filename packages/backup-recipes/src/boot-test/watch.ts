import { setTimeout as delay } from 'node:timers/promises';
import { bytes, CommandError, ExitError, linkSignals, TimeoutError, type Transport } from '@quiesce/command';
import { createVirsh } from '@quiesce/virsh';
import { followConsoleCommand, pingAgentCommand } from '../host/boot-folders.js';
import { askPortCommand, forwardedPortCommand, parseForwardedPort } from '../host/forwarded-port.js';
import { ConsoleText } from './console-text.js';
import { bootName } from './names.js';
import type { BootSign, PortSign } from './options.js';
import type { BootReport } from './report.js';

/** What {@link watchGuest} works with. */
export interface WatchOptions {
  readonly transport: Transport;
  readonly connectUri: string;
  readonly runId: string;
  readonly sign: BootSign;
  readonly timeoutMs: number;
  /** How long looking at the guest may take, in milliseconds. */
  readonly readMs: number;
  /** Is given what the guest prints. */
  readonly console: ConsoleText;
  readonly signal: AbortSignal;
}

type Ended = NonNullable<BootReport['ended']>;

const lookEveryMs = 2000;
/** How long a port is listened to at first, and at most: some look for names before they greet. */
const [firstAskSeconds, mostAskSeconds] = [5, 30];
/** A console that was never to end would fill the memory of the host, where it lies. */
const mostBytes = 64 * 1024 ** 2;

/** Resolves when the sign is printed, or too much is. */
async function follow({ console, runId, sign, transport }: WatchOptions, signal: AbortSignal): Promise<Ended> {
  for await (const chunk of bytes(transport, followConsoleCommand({ runId }), { signal })) {
    console.push(chunk);
    if ('console' in sign && console.shows(sign.console)) return 'sign';
    if (console.bytes > mostBytes) return 'flood';
  }
  throw new CommandError('what the guest prints could not be followed any more');
}

/** Resolves when the guest is gone. */
async function untilGone({ connectUri, readMs, runId, transport }: WatchOptions, signal: AbortSignal): Promise<Ended> {
  const virsh = createVirsh({ transport, connectUri });
  for (;;) {
    await delay(lookEveryMs, undefined, { signal });
    // libvirt may be away for a moment: that says nothing about the guest.
    const listed = await virsh.list({ signal, timeoutMs: readMs }).catch((error: unknown) => {
      if (!ExitError.isInstance(error)) throw error;
      return undefined;
    });
    if (listed === undefined || listed.some(({ name }) => name === bootName(runId))) continue;
    // What it printed last is still on its way.
    await delay(lookEveryMs, undefined, { signal });
    return 'guest-ended';
  }
}

/** Resolves when the agent in the guest has answered. */
async function untilAgent({ connectUri, readMs, runId, transport }: WatchOptions, signal: AbortSignal): Promise<Ended> {
  const virsh = createVirsh({ transport, connectUri });
  for (;;) {
    const isThere = await virsh.run(pingAgentCommand({ runId }), { signal, timeoutMs: readMs }).then(
      () => true,
      (error: unknown) => {
        // It is not there yet.
        if (!ExitError.isInstance(error)) throw error;
        return false;
      },
    );
    if (isThere) return 'sign';
    await delay(lookEveryMs, undefined, { signal });
  }
}

/** Whether the guest says there what it should. */
async function isSaid(
  transport: Transport,
  { says, send = '' }: PortSign,
  { port, seconds, ...call }: { port: number; seconds: number; signal: AbortSignal; timeoutMs: number },
): Promise<boolean> {
  const answer = new ConsoleText();
  try {
    for await (const chunk of bytes(transport, askPortCommand({ port, send, seconds }), call)) {
      answer.push(chunk);
      if (answer.shows(says)) return true;
    }
  } catch (error) {
    // Nobody listens yet, or says nothing, or not that.
    if (!ExitError.isInstance(error) && !TimeoutError.isInstance(error)) throw error;
  }
  return false;
}

/** Resolves when the port of the guest has answered. */
async function untilPort(options: WatchOptions, sign: PortSign, signal: AbortSignal): Promise<Ended> {
  const { connectUri, readMs, runId, transport } = options;
  const virsh = createVirsh({ transport, connectUri });
  for (let seconds = firstAskSeconds; ; seconds = Math.min(2 * seconds, mostAskSeconds)) {
    const { stdout } = await virsh
      .run(forwardedPortCommand({ runId }), { signal, timeoutMs: readMs })
      .catch((error: unknown) => {
        // It is not there yet, or not any more.
        if (!ExitError.isInstance(error)) throw error;
        return { stdout: '' };
      });
    const port = parseForwardedPort(stdout);
    const timeoutMs = readMs + seconds * 1000;
    if (port !== undefined && (await isSaid(transport, sign, { port, seconds, signal, timeoutMs }))) return 'sign';
    await delay(lookEveryMs, undefined, { signal });
  }
}

/** Watches a guest until it has started, or has not in time. */
export async function watchGuest(options: WatchOptions): Promise<Ended> {
  const over = new AbortController();
  const watching = linkSignals([options.signal, over.signal], (signal) => {
    const parts = [
      follow(options, signal),
      untilGone(options, signal),
      delay(options.timeoutMs, 'timeout' as const, { signal }),
      ...('agent' in options.sign ? [untilAgent(options, signal)] : []),
      ...('port' in options.sign ? [untilPort(options, options.sign, signal)] : []),
    ];
    const first = Promise.race(parts).finally(() => {
      over.abort();
    });
    // Nothing may go on when the guest is taken away.
    const result = first.finally(() => Promise.allSettled(parts));
    return { result };
  });
  return watching.result;
}
