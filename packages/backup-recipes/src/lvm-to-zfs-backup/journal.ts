import type { BackupEvent } from './events.js';
import type { BackupStep, Problem } from './report.js';

/** Tells what happens while it happens, and keeps what went wrong. */
export class Journal {
  readonly problems: Problem[] = [];
  /** The step that began last. */
  latest: BackupStep = 'preflight';
  private readonly onEvent: ((event: BackupEvent) => void) | undefined;

  constructor(onEvent: ((event: BackupEvent) => void) | undefined) {
    this.onEvent = onEvent;
  }

  emit(event: BackupEvent): void {
    // A broken display must not leave a guest paused, neither now nor later: the type takes an async function too.
    try {
      const returned: unknown = this.onEvent?.(event);
      Promise.resolve(returned).catch(() => undefined);
    } catch {
      // As above.
    }
  }

  /** Notes a problem. A fatal one makes the backup a failure. */
  problem(step: BackupStep, subject: string, error: unknown, fatal = true): void {
    const { message, name } = error instanceof Error ? error : new Error(String(error));
    const problem: Problem = { step, subject, message, error: name, fatal };
    this.problems.push(problem);
    this.emit({ type: 'problem', problem });
  }

  /** Does one step. What it throws is noted and thrown on. */
  async step<Result>(step: BackupStep, subject: string, body: () => Promise<Result>): Promise<Result> {
    const startedAt = performance.now();
    this.latest = step;
    this.emit({ type: 'step', step, state: 'started', subject, durationMs: undefined });
    const ended = (state: 'finished' | 'failed'): void => {
      this.emit({ type: 'step', step, state, subject, durationMs: Math.round(performance.now() - startedAt) });
    };
    try {
      const result = await body();
      ended('finished');
      return result;
    } catch (error) {
      this.problem(step, subject, error);
      ended('failed');
      throw error;
    }
  }

  /** Does one step that must not stop the others: what it throws is noted, and the answer is whether it succeeded. */
  async attempt(step: BackupStep, subject: string, body: () => Promise<void>): Promise<boolean> {
    return this.step(step, subject, body).then(
      () => true,
      () => false,
    );
  }

  get failed(): boolean {
    return this.problems.some(({ fatal }) => fatal);
  }
}
