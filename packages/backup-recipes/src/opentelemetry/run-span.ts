import { SpanStatusCode, trace, type Attributes, type Context, type Span, type Tracer } from '@opentelemetry/api';
import type { DomainReport, Outcome } from '../lvm-to-zfs-backup/report/report.js';
import type { Problem, ProblemEvent, StepEvent } from '../steps.js';

/** What is read of the report of a recipe. Each recipe's report is one. */
export interface TracedReport {
  readonly recipe: string;
  readonly outcome?: Outcome | undefined;
  readonly runId?: string | undefined;
  readonly target?: string | undefined;
  /** By the clock of the host. */
  readonly startedAt?: Date | undefined;
  readonly domains?: readonly Pick<DomainReport, 'name' | 'resumedAt' | 'suspendedAt'>[];
}

/** What is read of the events of a recipe. Each recipe's events are some of these. */
export type TracedEvent = StepEvent | ProblemEvent | { readonly type: 'progress' };

/** How a run ended. */
interface Ended {
  readonly report: TracedReport | undefined;
  /** What it threw. */
  readonly failure?: { readonly error: unknown } | undefined;
  readonly isAborted: boolean;
}

const nameOf = (step: string, subject: string): string => `${step}\0${subject}`;

/** The times of steps are since the start, so this tells two of one name apart. */
const keyOf = ({ startedMs, step, subject }: StepEvent): string => `${nameOf(step, subject)}\0${String(startedMs)}`;

function exception(error: unknown): Attributes {
  const { message, name } = error instanceof Error ? error : new Error(String(error));
  return { 'exception.type': name, 'exception.message': message };
}

/**
 * The span of a run, with those of its steps and of its pauses below it. They have the time of this
 * machine: the clock of the host may differ, so only how long after the start a thing was is taken
 * from there.
 */
export class RunSpan {
  /** What is begun in it becomes a part of it. */
  readonly context: Context;
  private readonly span: Span;
  private readonly tracer: Tracer;
  private readonly startedAtMs: number = Date.now();
  private readonly steps = new Map<string, Span>();
  private readonly reasons = new Map<string, string>();

  constructor(tracer: Tracer, recipe: string, parent: Context) {
    this.tracer = tracer;
    const attributes = { 'quiesce.recipe': recipe };
    this.span = tracer.startSpan(recipe, { attributes, startTime: this.since(0) }, parent);
    this.context = trace.setSpan(parent, this.span);
  }

  /** Adds what an event tells. */
  add(event: TracedEvent): void {
    if (event.type === 'problem') this.problem(event.problem);
    else if (event.type === 'step') this.step(event);
  }

  /** Ends it, and all that is open in it. */
  end({ failure, isAborted, report }: Ended): void {
    for (const { name, resumedAt, suspendedAt } of report?.domains ?? []) {
      if (suspendedAt !== undefined) this.pause(name, suspendedAt, resumedAt, report?.startedAt);
    }
    for (const span of this.steps.values()) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: 'its end was not seen' });
      span.end();
    }
    const otherwise = failure === undefined ? 'success' : isAborted ? 'aborted' : 'failed';
    this.span.setAttribute('quiesce.outcome', report?.outcome ?? otherwise);
    if (report?.runId !== undefined) this.span.setAttribute('quiesce.run_id', report.runId);
    if (report?.target !== undefined) this.span.setAttribute('quiesce.target', report.target);
    if (failure !== undefined) this.fail(failure.error);
    this.span.end();
  }

  private since(milliseconds: number): Date {
    return new Date(this.startedAtMs + milliseconds);
  }

  private begin(name: string, attributes: Attributes, startedMs: number): Span {
    return this.tracer.startSpan(name, { attributes, startTime: this.since(startedMs) }, this.context);
  }

  private step(event: StepEvent): void {
    const { durationMs, startedMs, state, step, subject } = event;
    const key = keyOf(event);
    if (state === 'started') {
      this.steps.set(key, this.begin(step, { 'quiesce.step': step, 'quiesce.subject': subject }, startedMs));
      return;
    }
    const span = this.steps.get(key);
    this.steps.delete(key);
    const reason = this.reasons.get(nameOf(step, subject));
    if (state === 'failed') {
      span?.setStatus({ code: SpanStatusCode.ERROR, ...(reason !== undefined && { message: reason }) });
    }
    span?.end(this.since(startedMs + (durationMs ?? 0)));
  }

  private problem({ error, fatal, message, startedMs, step, subject }: Problem): void {
    const about = { 'quiesce.step': step, 'quiesce.subject': subject };
    const said = { 'exception.type': error, 'exception.message': message };
    if (fatal) this.reasons.set(nameOf(step, subject), message);
    this.span.addEvent(fatal ? 'exception' : 'quiesce.warning', { ...about, ...said }, this.since(startedMs));
  }

  private pause(guest: string, from: Date, to: Date | undefined, startedAt: Date | undefined): void {
    const since = (moment: Date): number => moment.getTime() - (startedAt ?? moment).getTime();
    const span = this.begin('guest paused', { 'quiesce.guest': guest }, since(from));
    if (to === undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: 'it was not seen running since' });
    span.end(to && this.since(since(to)));
  }

  private fail(error: unknown): void {
    const said = exception(error);
    // What failed in a step has been told.
    if (this.reasons.size === 0) this.span.addEvent('exception', said);
    this.span.setAttribute('error.type', String(said['exception.type']));
    this.span.setStatus({ code: SpanStatusCode.ERROR, message: String(said['exception.message']) });
  }
}
