export { traced, type TracedOptions } from './opentelemetry/traced.js';
export { type TracedEvent, type TracedReport } from './opentelemetry/run-span.js';
