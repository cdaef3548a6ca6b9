import type { Readable, Writable } from 'node:stream';
import type { Command } from './command.js';

/** What can end a command early. */
export interface StartOptions {
  /** Ends the command, or the wait for it: see `stop` of {@link Command}. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds after which the same happens by itself. No limit without it. */
  readonly timeoutMs?: number | undefined;
}

/** How a command ended. A code other than 0 is not an error at this level. */
export interface CommandResult {
  /** The command that ran. */
  readonly command: Command;
  /** Exit code, undefined when a signal ended the program. */
  readonly exitCode: number | undefined;
  /** The signal that ended the program, as `SIGKILL`. */
  readonly signal: string | undefined;
  /** From start to end, in milliseconds. */
  readonly durationMs: number;
}

/** A command that a transport has started. */
export interface RunningCommand {
  /** The command that runs. */
  readonly command: Command;
  /** Standard input. Ended by the transport itself when the command carries its `stdin`. */
  readonly stdin: Writable;
  /** Standard output in bytes. It must be read to its end, or the command blocks. */
  readonly stdout: Readable;
  /** Standard error in bytes. It must be read to its end, or the command blocks. */
  readonly stderr: Readable;
  /**
   * Process id on the machine where it runs; undefined where it never ran or none is known. Never
   * rejects.
   */
  readonly pid: Promise<number | undefined>;
  /**
   * Settles when the command has ended. Rejects with `SpawnError`, `TransportError`, `AbortedError`
   * or `TimeoutError`, never for an exit code.
   */
  readonly result: Promise<CommandResult>;
}

/**
 * Runs commands somewhere. The one method is all that has to be implemented; everything else is
 * built on it.
 */
export interface Transport {
  /** Where it runs them, for messages: `local`, `ssh backup@host`, `sudo on local`. */
  readonly name: string;
  /**
   * Starts a command. Never throws: what fails shows in `result`.
   *
   * @example
   * ```ts
   * const running = localTransport().start(createCommand('date', [], { effect: 'read' }));
   * running.stdin.end();
   * running.stdout.pipe(process.stdout);
   * running.stderr.resume();
   * await running.result;
   * ```
   */
  start(command: Command, options?: StartOptions): RunningCommand;

  /**
   * Whether it runs a command, and does not only look as if: a dry run runs no writes. What wraps
   * another transport says what that does.
   * @default all
   */
  runs?(command: Command): boolean;
}
