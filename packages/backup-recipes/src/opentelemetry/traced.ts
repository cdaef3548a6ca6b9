import { context, trace, type Tracer } from '@opentelemetry/api';
import { RecipeFailedError } from '../recipe-failed-error.js';
import type { Recipe } from '../recipe.js';
import { RunSpan, type TracedEvent, type TracedReport } from './run-span.js';
import { version } from './version.js';

/** How a recipe is traced. */
export interface TracedOptions {
  /**
   * What makes the spans.
   *
   * @default the tracer `@quiesce/backup-recipes` of the provider that is registered
   */
  readonly tracer?: Tracer | undefined;
}

/** A broken exporter must not leave a guest paused. */
function quietly<Result>(body: () => Result): Result | undefined {
  try {
    return body();
  } catch {
    return undefined;
  }
}

/**
 * Makes spans of OpenTelemetry of what a recipe does: each run becomes a span with the name of the
 * recipe, below the span that is active. Its steps are spans below it, and so is the time for which
 * each guest was paused. All are timed in milliseconds by the clock of this machine. `plan` is
 * passed on as it is, and so are events, reports and errors.
 *
 * The span of a run has the attributes `quiesce.recipe` and `quiesce.outcome`. Where there is a
 * report that has them, it has `quiesce.run_id` and `quiesce.target` too. A step has `quiesce.step`
 * and `quiesce.subject`, a pause `quiesce.guest`. A fatal problem is an event `exception` of the
 * span of the run, any other an event `quiesce.warning`. What failed has the status `ERROR` with
 * the message.
 *
 * Where no provider is registered nothing is made. What tracing throws is ignored: a run goes on as
 * it would without it.
 *
 * @example
 * ```ts
 * import { traced } from '@quiesce/backup-recipes/opentelemetry';
 *
 * const backup = lvmToZfsBackup({
 *   domains: ['MySQL'],
 *   volumes: ['/dev/SSD/images'],
 *   target: 'archives/backups',
 * });
 * const report = await traced(backup).run();
 * ```
 */
export function traced<Plan, Report extends TracedReport, Event extends TracedEvent>(
  recipe: Recipe<Plan, Report, Event>,
  { tracer }: TracedOptions = {},
): Recipe<Plan, Report, Event> {
  return {
    name: recipe.name,
    plan: (options) => recipe.plan(options),
    run: async (options = {}) => {
      const span = quietly(
        () => new RunSpan(tracer ?? trace.getTracer('@quiesce/backup-recipes', version), recipe.name, context.active()),
      );
      if (span === undefined) return recipe.run(options);
      const { onEvent, signal } = options;
      const isAborted = (): boolean => signal?.aborted === true;
      const run = async (): Promise<Report> =>
        recipe.run({
          ...options,
          onEvent: (event) => {
            quietly(() => span.add(event));
            return onEvent?.(event);
          },
        });
      try {
        const begun: { running?: Promise<Report> } = {};
        // A context manager may throw, or return nothing, after it called this.
        quietly(() => {
          context.with(span.context, () => {
            begun.running ??= run();
          });
        });
        const report = await (begun.running ?? run());
        quietly(() => span.end({ report, isAborted: isAborted() }));
        return report;
      } catch (error) {
        const report = RecipeFailedError.isInstance(error) ? error.report : undefined;
        quietly(() => span.end({ report, failure: { error }, isAborted: isAborted() }));
        throw error;
      }
    },
  };
}
