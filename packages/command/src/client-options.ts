import type { Transport } from './transport.js';

/** What every client is made with. */
export interface ClientOptions {
  /**
   * Where the commands run.
   * @default localTransport()
   */
  readonly transport?: Transport;
  /**
   * The program to run in place of the tool's own name.
   * @default the name, looked up in PATH
   */
  readonly path?: string;
  /** Milliseconds that each call may take unless it says otherwise. No limit without it. */
  readonly timeoutMs?: number;
  /**
   * Most bytes that a call may print: more is an `OutputTooLargeError`. All of it is held in
   * memory.
   * @default 16777216 (16 MiB)
   */
  readonly maximumOutputBytes?: number;
}

/** What every method of a client takes besides its own options. */
export interface CallOptions {
  /**
   * Ends the command if it may be killed, as reads and copies may. What may not be killed goes on,
   * and the `AbortedError` tells its outcome.
   */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds after which the same happens by itself. */
  readonly timeoutMs?: number | undefined;
}
