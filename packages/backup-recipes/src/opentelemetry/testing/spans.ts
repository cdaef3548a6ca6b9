import { SpanStatusCode, type HrTime } from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';

/** What is kept of spans, in memory. */
export interface SpanMemory {
  readonly provider: BasicTracerProvider;
  /** Those that have ended, in the order in which they did. */
  spans(): readonly ReadableSpan[];
}

export function spanMemory(): SpanMemory {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  return { provider, spans: () => exporter.getFinishedSpans() };
}

/** A moment of a span, in milliseconds. */
const milliseconds = ([seconds, nanoseconds]: HrTime): number => seconds * 1000 + nanoseconds / 1e6;

/** A span with what is below it, in the order in which they began. */
export interface SpanTree {
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** `error` or `error: <message>`. Undefined for what went well. */
  readonly status: string | undefined;
  /** Since the beginning of the root, and for how long, in milliseconds. */
  readonly time: readonly [number, number];
  readonly events: readonly (readonly [string, Readonly<Record<string, unknown>>])[];
  readonly children: readonly SpanTree[];
}

/** The spans below a span, or those below none. */
export function spanTrees(spans: readonly ReadableSpan[], above?: ReadableSpan, root?: ReadableSpan): SpanTree[] {
  return spans
    .filter(({ parentSpanContext }) => parentSpanContext?.spanId === above?.spanContext().spanId)
    .sort((one, other) => milliseconds(one.startTime) - milliseconds(other.startTime))
    .map((span) => {
      const { attributes, duration, events, name, startTime, status } = span;
      const first = root ?? span;
      const message = status.message === undefined ? '' : `: ${status.message}`;
      return {
        ...{ name, attributes, status: status.code === SpanStatusCode.ERROR ? `error${message}` : undefined },
        time: [
          Math.round(milliseconds(startTime) - milliseconds(first.startTime)),
          Math.round(milliseconds(duration)),
        ] as const,
        events: events.map((event) => [event.name, event.attributes ?? {}] as const),
        children: spanTrees(spans, span, first),
      };
    });
}

/** The names of spans, those below a span indented. */
export function outline(trees: readonly SpanTree[], indent = ''): string[] {
  return trees.flatMap((tree) => {
    const { attributes } = tree;
    const of = [attributes['quiesce.subject'], attributes['quiesce.guest']].filter((one) => typeof one === 'string');
    const words = [tree.name, ...of, tree.status === undefined ? '' : `(${tree.status})`];
    return [`${indent}${words.filter((word) => word !== '').join(' ')}`, ...outline(tree.children, `${indent}  `)];
  });
}
