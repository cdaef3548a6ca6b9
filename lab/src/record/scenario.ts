import type { Release } from '../release.js';

interface AnyCase {
  /** What its recording is called: unique among all topics of a client. */
  readonly name: string;
  /** Shell that brings about what this case needs. It is not recorded, and has to succeed. */
  readonly before?: string;
  /** Standard input. Empty without it. */
  readonly stdin?: string;
  /** The user that runs it. Root without it. */
  readonly user?: 'nobody';
  /** The only release that it can be recorded on. */
  readonly only?: Release;
}

interface ProgramCase extends AnyCase {
  /** Another program than that of the client. */
  readonly program?: string;
  readonly args: readonly string[];
}

interface ScriptCase extends AnyCase {
  /** Shell in place of arguments, where a pipe or several programs are needed. */
  readonly script: string;
}

/** One recorded command: arguments of the client's program, or a script of `sh`. */
export type Case = ProgramCase | ScriptCase;

/**
 * What is recorded of one topic. All of it runs as root in the lab, in `/tmp/quiesce-recording`,
 * which is empty at the beginning and removed at the end.
 */
export interface Scenario {
  /** The client's program. */
  readonly program: string;
  /** Environment variables of all cases, besides `LC_ALL=C`. */
  readonly env?: Readonly<Record<string, string>>;
  /** Shell that runs first. It is not recorded, and has to succeed. */
  readonly setUp?: string;
  /** What is recorded, in this order. */
  readonly cases: readonly Case[];
  /**
   * Shell that runs last, whatever happens, and also before `setUp`, for what a recording that was
   * killed has left behind. All its lines run, also after one that fails.
   */
  readonly tearDown?: string;
}
