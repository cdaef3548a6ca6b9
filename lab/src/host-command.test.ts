import { randomUUID } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { runHostCommand } from './host-command.js';
import { findProcesses } from './process-identity.js';

it('returns what was printed, and tells each line', async () => {
  const lines: string[] = [];
  const printed = await runHostCommand('sh', ['-c', 'echo one; echo two >&2'], { onLine: (line) => lines.push(line) });
  expect(printed).toBe('one');
  expect(lines.sort()).toEqual(['one', 'two']);
});

it('ends a program with all that it started, and waits until it has tidied up', async () => {
  const mark = `mark-${randomUUID()}`;
  const script = 'trap "sleep 0.5; echo tidied; exit 1" TERM; sh -c "sleep 60; :" $0 & echo started; wait';
  const interruption = new AbortController();
  const lines: string[] = [];
  const onLine = (line: string): void => void lines.push(line);
  const options = { groupKillSignal: 'SIGTERM', signal: interruption.signal, onLine } as const;
  const running = runHostCommand('sh', ['-c', script, mark], options);
  running.catch(() => undefined);
  await vi.waitFor(async () => expect(await findProcesses(mark)).toHaveLength(2), { timeout: 5000 });
  interruption.abort(new Error('stopped'));
  await expect(running).rejects.toThrow('stopped');
  expect(lines).toEqual(['started', 'tidied']);
  expect(await findProcesses(mark)).toEqual([]);
});
