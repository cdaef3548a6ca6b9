import { describe, expect, it } from 'vitest';
import { createCommand } from './create-command.js';
import { localTransport } from './local-transport.js';
import { run } from './run.js';

describe('the stack of an error', () => {
  it.each([
    ['a program that is missing', createCommand('/nowhere/at-all', [])],
    ['a failure', createCommand('sh', ['-c', 'exit 3'])],
    ['a time that ran out', createCommand('sleep', ['5'], { stop: 'kill' })],
  ])('of %s leads to the caller', async (_, command) => {
    const error: unknown = await run(localTransport(), command, { timeoutMs: 300 }).catch((reason: unknown) => reason);
    expect((error as Error).stack).toContain('stack.test.ts');
  });
});
