const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const steps = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map((count) => count),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12, 24].map((count) => count * hour),
];

/** A place on an axis of time. */
export interface Tick {
  /** From the zero of the axis, in milliseconds. */
  readonly atMs: number;
  readonly label: string;
}

function label(atMs: number, stepMs: number): string {
  const sign = atMs < 0 ? '−' : '';
  const ms = Math.abs(atMs);
  if (stepMs < second) return `${sign}${(ms / second).toFixed(stepMs < 10 ? 3 : stepMs < 100 ? 2 : 1)} s`;
  if (ms === 0) return '0';
  if (ms < minute) return `${sign}${String(ms / second)} s`;
  if (ms < hour) {
    const rest = (ms % minute) / second;
    return `${sign}${String(Math.floor(ms / minute))} min${rest === 0 ? '' : ` ${String(rest)} s`}`;
  }
  const rest = (ms % hour) / minute;
  return `${sign}${String(Math.floor(ms / hour))} h${rest === 0 ? '' : ` ${String(rest)} min`}`;
}

/** Where an axis gets its marks: at round times, six at most. */
export function ticks(fromMs: number, toMs: number): Tick[] {
  const most = 5;
  const wanted = (toMs - fromMs) / most;
  const day = 24 * hour;
  const stepMs = steps.find((step) => step >= wanted) ?? Math.ceil(wanted / day) * day;
  const first = Math.ceil(fromMs / stepMs);
  const last = Math.floor(toMs / stepMs);
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const atMs = (first + index) * stepMs;
    return { atMs: atMs === 0 ? 0 : atMs, label: label(atMs, stepMs) };
  });
}
