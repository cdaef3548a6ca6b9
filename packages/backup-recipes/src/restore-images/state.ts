import type { Journal } from '../journal.js';
import type { ResolvedRestoreOptions } from './options.js';
import type { RestoreLeftover, RestoreProgressEvent, RestoreStep } from './report.js';

/** What the parts of one restore share. */
export interface RestoreState {
  readonly runId: string;
  readonly options: ResolvedRestoreOptions;
  readonly journal: Journal<RestoreStep, RestoreProgressEvent>;
  readonly signal: AbortSignal;
  readonly isDry: boolean;
  readonly leftovers: RestoreLeftover[];
}

/** Tells how far the copying to a place is. */
export function tellProgress(
  { journal }: RestoreState,
  { subject, totalBytes, transferredBytes }: Pick<RestoreProgressEvent, 'subject' | 'totalBytes' | 'transferredBytes'>,
): void {
  const done = Math.min(transferredBytes, totalBytes);
  journal.emit({ type: 'progress', subject, transferredBytes: done, totalBytes, startedMs: journal.now() });
}

const tellEveryMs = 200;

/** Does something with a number at most five times a second. */
export function seldom(tell: (bytes: number) => void): (bytes: number) => void {
  let toldAt = 0;
  return (bytes) => {
    if (performance.now() - toldAt < tellEveryMs) return;
    toldAt = performance.now();
    tell(bytes);
  };
}
