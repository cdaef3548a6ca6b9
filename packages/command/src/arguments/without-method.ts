/**
 * Subcommands of a tool that have no method, by the reason; names stand between blanks. Tests hold
 * that each subcommand of the tool's own list has a method or stands here.
 */
export interface WithoutMethod {
  /** What is made for a person at a terminal, and for no program. */
  readonly forPeople?: string;
  /** What is left to `run` for good, each name with the reason. */
  readonly leftToRun?: Readonly<Record<string, string>>;
  /** What waits for its method. */
  readonly notYet?: string;
}
