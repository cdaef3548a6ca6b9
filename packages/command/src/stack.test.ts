import { describe, expect, it } from 'vitest';
import { checkOptions } from './arguments/check-options.js';
import type { Rows } from './arguments/rows.js';
import { checkArgument } from './check-argument.js';
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

  it('of a value that is wrong deep in a list leads to the caller', () => {
    const check = (argument: string, value: string): string =>
      checkArgument(argument, value, { pattern: /^a$/, expected: 'a' });
    const rows: Rows<{ names: readonly string[] }> = {
      names: { kind: 'list', each: { kind: 'text', check, sample: 'a' }, required: true },
    };
    const build = (names: readonly string[]): unknown => checkOptions(rows, { names });
    expect(() => build(['a', 'b'])).toThrow(
      expect.objectContaining({ stack: expect.stringContaining('stack.test.ts') as string }) as Error,
    );
  });
});
