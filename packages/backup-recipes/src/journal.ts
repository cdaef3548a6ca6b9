import type { Problem, ProblemEvent, StepEvent, StepReport } from './steps.js';

/** A step that has begun. */
export interface BegunStep {
  /** Ends it, now unless told otherwise: in milliseconds since the start. */
  end(state: 'finished' | 'failed', atMs?: number): void;
}

/**
 * Tells what happens while it happens, and keeps it. All times are in milliseconds since the start.
 */
export class Journal<Step extends string, OtherEvent = never> {
  readonly problems: Problem<Step>[] = [];
  readonly steps: StepReport<Step>[] = [];
  /** What the fatal problems were thrown as, in the same order. */
  readonly errors: Error[] = [];
  /** The step that began last. */
  latest: Step;
  private readonly onEvent: ((event: StepEvent<Step> | ProblemEvent<Step> | OtherEvent) => void) | undefined;
  private readonly startedAt = performance.now();

  constructor(first: Step, onEvent: ((event: StepEvent<Step> | ProblemEvent<Step> | OtherEvent) => void) | undefined) {
    this.latest = first;
    this.onEvent = onEvent;
  }

  /** Milliseconds since the start. */
  now(): number {
    return Math.round(performance.now() - this.startedAt);
  }

  emit(event: StepEvent<Step> | ProblemEvent<Step> | OtherEvent): void {
    // A broken display must not leave a guest paused, neither now nor later: the type takes an
    // async function too.
    try {
      const returned: unknown = this.onEvent?.(event);
      Promise.resolve(returned).catch(() => undefined);
    } catch {
      // As above.
    }
  }

  /** Notes a problem. A fatal one makes the whole a failure. */
  problem(step: Step, subject: string, error: unknown, fatal = true): void {
    const reason = error instanceof Error ? error : new Error(String(error));
    const { message, name } = reason;
    if (fatal) this.errors.push(reason);
    const startedMs = this.now();
    const problem: Problem<Step> = { step, subject, message, error: name, fatal, startedMs };
    this.problems.push(problem);
    this.emit({ type: 'problem', problem, startedMs });
  }

  /** Notes that a step begins, now unless told otherwise. */
  begin(step: Step, subject: string, startedMs: number = this.now()): BegunStep {
    this.latest = step;
    this.emit({ type: 'step', step, state: 'started', subject, startedMs, durationMs: undefined });
    return {
      end: (state, atMs = this.now()) => {
        const durationMs = Math.max(0, atMs - startedMs);
        this.steps.push({ step, subject, state, startedMs, durationMs });
        this.emit({ type: 'step', step, state, subject, startedMs, durationMs });
      },
    };
  }

  /** Does one step. What it throws is noted and thrown on. */
  async step<Result>(step: Step, subject: string, body: () => Promise<Result>): Promise<Result> {
    const begun = this.begin(step, subject);
    try {
      const result = await body();
      begun.end('finished');
      return result;
    } catch (error) {
      this.problem(step, subject, error);
      begun.end('failed');
      throw error;
    }
  }

  /**
   * Does one step that must not stop the others: what it throws is noted, and the answer is whether
   * it succeeded.
   */
  async attempt(step: Step, subject: string, body: () => Promise<void>): Promise<boolean> {
    return this.step(step, subject, body).then(
      () => true,
      () => false,
    );
  }

  get failed(): boolean {
    return this.problems.some(({ fatal }) => fatal);
  }
}
