/** What a dry run does with a command: a `read` runs, a `write` is only recorded. */
export type CommandEffect = 'read' | 'write';

/**
 * What an abort or a timeout does with a command: `kill` ends it and its children at once, `wait`
 * leaves it to finish, because ending it half-way could leave the host worse than letting it go on
 * (LVM, pools, domain states).
 */
export type CommandStop = 'kill' | 'wait';

/** A command as readonly data. Nothing runs until a {@link Transport} starts it. */
export interface Command {
  /** Name or path of the program. A bare name is looked up in `PATH` where the command runs. */
  readonly file: string;
  /** The arguments, one word each. No shell ever reads them. */
  readonly args: readonly string[];
  /**
   * Environment variables on top of the inherited ones. `LC_ALL=C` is always set. Their values are
   * in no list of processes and in no message; {@link toShell} shows them.
   */
  readonly env?: Readonly<Record<string, string>>;
  /** Working directory where the command runs. */
  readonly cwd?: string;
  /** Text or bytes written to standard input. Without it standard input is empty. */
  readonly stdin?: string | Uint8Array;
  /** Whether the command only looks or also changes something. */
  readonly effect: CommandEffect;
  /** Whether the command may be killed. */
  readonly stop: CommandStop;
}
