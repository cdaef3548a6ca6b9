import { formatBytes, formatDuration, type BackupEvent, type BackupStep } from '@quiesce/backup-recipes';
import { formatBar } from './format.js';
import type { Screen } from './screen.js';

interface Active {
  readonly step: BackupStep;
  readonly subject: string;
  readonly startedAt: number;
  /** What the copy has come to. */
  progress?: { readonly percent: number; readonly text: string; readonly printedAt: number };
}

/** A plain log gets a line about a copy at most this often. */
const progressEveryMs = 5000;
const copying: readonly BackupStep[] = ['copy', 'host-root'];

/** Tells what a run does, on a screen. */
export function createRunLog(
  screen: Screen,
  now: () => number = () => performance.now(),
): (event: BackupEvent) => void {
  const startedAt = now();
  const active = new Map<string, Active>();
  const line = (mark: string, { step, subject }: Pick<Active, 'step' | 'subject'>, rest: string): string => {
    const time = formatDuration(now() - startedAt).padStart(10);
    return `${time}  ${mark} ${step.padEnd(12)}  ${subject.padEnd(38)}  ${rest}`.trimEnd();
  };
  screen.show(() =>
    [...active.values()].map((one) => {
      const { progress } = one;
      const rest = progress === undefined ? formatDuration(now() - one.startedAt) : bar(progress);
      return line('…', one, rest);
    }),
  );
  return (event) => {
    if (event.type === 'step') {
      const { step, subject, state, durationMs = 0 } = event;
      const key = `${step} ${subject}`;
      if (state === 'started') {
        active.set(key, { step, subject, startedAt: now() });
        if (!screen.isLive && copying.includes(step)) screen.print(line('…', event, 'begins'));
        return;
      }
      active.delete(key);
      const ending = state === 'finished' ? 'done in' : 'failed after';
      screen.print(line(state === 'finished' ? '✓' : '✗', event, `${ending} ${formatDuration(durationMs)}`));
    } else if (event.type === 'progress') {
      const one = [...active.values()].find(({ step, subject }) => copying.includes(step) && subject === event.subject);
      if (one === undefined) return;
      const text = `${formatBytes(event.transferredBytes)} at ${formatBytes(event.bytesPerSecond)}/s`;
      const printedAt = one.progress?.printedAt ?? one.startedAt;
      const isDue = !screen.isLive && now() - printedAt >= progressEveryMs;
      one.progress = { percent: event.percent, text, printedAt: isDue ? now() : printedAt };
      if (isDue) screen.print(line('…', one, `${String(Math.floor(event.percent)).padStart(3)} %  ${text}`));
    } else {
      const { fatal, message } = event.problem;
      screen.print(line(fatal ? '✗' : '!', event.problem, message));
    }
  };
}

function bar({ percent, text }: { percent: number; text: string }): string {
  return `[${formatBar(percent, 20)}] ${String(Math.floor(percent)).padStart(3)} %  ${text}`;
}
