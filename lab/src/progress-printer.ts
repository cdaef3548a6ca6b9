import type { OnProgress, ProgressEvent } from './progress.js';

/** Prints what happens, line by line, and at the end how long each step took. */
export interface ProgressPrinter {
  readonly onProgress: OnProgress;
  /** Prints the time of every step that has ended. */
  summarize(): void;
}

/** Seconds with one decimal, as `12.3 s`. */
function formatSeconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** The line for an event. */
export function formatProgress({ kind, step, detail, elapsedMs }: ProgressEvent): string {
  const time = formatSeconds(elapsedMs);
  switch (kind) {
    case 'started':
      return `${step} …`;
    case 'detail':
      return `  ${time.padStart(8)}  ${detail ?? ''}`;
    case 'finished':
      return `${step}: done in ${time}`;
    case 'failed':
      return `${step}: failed after ${time}`;
  }
}

/** The table of steps and times, nothing for fewer than two. */
export function formatSummary(ended: readonly ProgressEvent[]): readonly string[] {
  if (ended.length < 2) return [];
  const total = ended.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0);
  const row = (name: string, milliseconds: number): string => `${formatSeconds(milliseconds).padStart(10)}  ${name}`;
  return ['Times:', ...ended.map(({ step, elapsedMs }) => row(step, elapsedMs)), row('in all', total)];
}

/** Creates a printer. Steps must not be nested, or the sum would count them twice. */
export function createProgressPrinter(write: (line: string) => void): ProgressPrinter {
  const ended: ProgressEvent[] = [];
  return {
    onProgress: (event) => {
      if (event.kind === 'finished' || event.kind === 'failed') ended.push(event);
      write(formatProgress(event));
    },
    summarize: () => formatSummary(ended).forEach(write),
  };
}
