import { expect, it } from 'vitest';
import { createProgressPrinter, formatProgress, formatSummary } from './progress-printer.js';
import { inStep, tryStep, type ProgressEvent } from './progress.js';

it('tells start, details and end of a step', async () => {
  const events: ProgressEvent[] = [];
  const result = await inStep(
    (event) => events.push(event),
    'Working',
    async (onDetail) => {
      onDetail('half');
      return 1;
    },
  );
  expect(result).toBe(1);
  expect(events.map(({ kind, detail }) => [kind, detail])).toEqual([
    ['started', undefined],
    ['detail', 'half'],
    ['finished', undefined],
  ]);
});

it('tells a failure and passes it on', async () => {
  const lines: string[] = [];
  const { onProgress, summarize } = createProgressPrinter((line) => lines.push(line));
  await expect(inStep(onProgress, 'Working', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  summarize();
  expect(lines).toEqual(['Working …', 'Working: failed after 0.0 s']);
});

it('tells why a step failed that stops nothing', async () => {
  const lines: string[] = [];
  const { onProgress } = createProgressPrinter((line) => lines.push(line));
  expect(await tryStep(onProgress, 'Working', () => Promise.reject(new Error('no')))).toBe(false);
  expect(lines).toEqual(['Working …', '     0.0 s  no', 'Working: failed after 0.0 s']);
  expect(await tryStep(onProgress, 'Working', () => Promise.resolve())).toBe(true);
});

it('formats lines and the table of times', () => {
  expect(formatProgress({ kind: 'detail', step: 'Working', detail: 'half', elapsedMs: 12_340 })).toBe(
    '    12.3 s  half',
  );
  const ended = [
    { kind: 'finished', step: 'One', elapsedMs: 1500 },
    { kind: 'finished', step: 'Two', elapsedMs: 60_000 },
  ] as const;
  expect(formatSummary(ended)).toEqual(['Times:', '     1.5 s  One', '    60.0 s  Two', '    61.5 s  in all']);
});
