import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { drain } from './drain.js';
import { TransportError } from './errors.js';
import type { CommandResult, RunningCommand } from './transport.js';

/** Between the polite signal and the one that can't be ignored. */
const killAfterMs = 2000;
/** How long it may take to send that one: it may need a connection of its own. */
const sentAfterMs = 10_000;
/** A process that outlives SIGKILL by this hangs in the kernel. */
const givenUpAfterMs = 3000;

/** A command that has been started, and that nothing ends yet. */
export interface StartedCommand extends Omit<RunningCommand, 'result'> {
  /** Settles when the process has ended, whatever ended it. */
  readonly finished: Promise<CommandResult>;
  /**
   * Sends a signal to the process and its children, and tells whether it then knows that they are
   * gone. May reject: then it could not be sent.
   */
  readonly kill: (signal: 'TERM' | 'KILL') => Promise<boolean>;
  /** Calls off a start that has not happened yet, and tells whether it could. */
  readonly cancel?: () => boolean;
}

/** Resolves when it is known that the process has ended. */
export function knownEnd(finished: Promise<CommandResult>): Promise<boolean> {
  return new Promise((resolve) => {
    finished.then(
      () => {
        resolve(true);
      },
      (error: unknown) => {
        // What was running when the connection was lost may run still.
        if (!(TransportError.isInstance(error) && error.started)) resolve(true);
      },
    );
  });
}

async function killProcess({ finished, kill }: StartedCommand, output: readonly Readable[]): Promise<boolean> {
  for (const stream of output) drain(stream);
  const timers = new AbortController();
  const after = (milliseconds: number): Promise<boolean> =>
    delay(milliseconds, false, { signal: timers.signal }).catch(() => false);
  const ended = knownEnd(finished);
  // A signal that can't be sent is no error of its own: the command then still runs, and that is
  // what is reported.
  const send = (signal: 'TERM' | 'KILL'): Promise<boolean> => kill(signal).catch(() => false);
  try {
    void send('TERM');
    if (await Promise.race([ended, after(killAfterMs)])) return true;
    const gone = send('KILL').then((isGone) => isGone || after(givenUpAfterMs));
    return await Promise.race([ended, gone, after(sentAfterMs + givenUpAfterMs)]);
  } finally {
    timers.abort();
  }
}

/** Ends a command as its `stop` says, and tells whether it has ended. */
export async function endProcess(started: StartedCommand): Promise<boolean> {
  if (started.cancel?.() === true) return true;
  if (started.command.stop === 'wait') return false;
  return killProcess(started, [started.stdout, started.stderr]);
}
