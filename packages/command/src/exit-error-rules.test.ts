import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createCommand } from './create-command.js';
import { ExitError } from './errors.js';
import { mapExitError, rule, ruleWith, saying, type ExitErrorRule } from './exit-error-rules.js';

class ToolError extends ExitError {
  static override readonly errorName: string = 'ToolError';
}

class NotFoundError extends ToolError {
  static override readonly errorName: string = 'NotFoundError';
  declare readonly name_: string;
}

class FullError extends ToolError {
  static override readonly errorName: string = 'FullError';
  declare readonly freeBytes: number | undefined;
}

const command = createCommand('tool', ['get', 'a'], { env: { SECRET: 'hunter2' } });
const notFound = /^no such thing: (?<name_>\w+)$/m;

function mapped(stderr: string, rules: readonly ExitErrorRule[], exitCode = 1): ExitError {
  return mapExitError(new ExitError({ command, exitCode, stdout: '', stderr }), rules);
}

describe('rule', () => {
  it('fills the fields of an error with the groups of their names', () => {
    const error = mapped('warning: slow\nno such thing: a\n', [rule(NotFoundError, notFound, ['name_'])]);
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ name: 'NotFoundError', name_: 'a', exitCode: 1 });
    expect([ToolError, ExitError, NotFoundError, FullError].map((type) => type.isInstance(error))).toEqual([
      ...[true, true, true, false],
    ]);
  });

  it('needs a group for each field, which shows when the module loads', () => {
    expect(() => rule(NotFoundError, /^no such thing: (?<other>\w+)$/, ['name_'])).toThrow('has no group name_');
  });

  it('names all fields, and no others: anything else does not compile', () => {
    // @ts-expect-error -- one is forgotten
    rule(NotFoundError, notFound, []);
    // @ts-expect-error -- one that the class does not have
    expect(() => rule(ToolError, notFound, ['other'])).toThrow('has no group other');
    // @ts-expect-error -- a number can't be filled from text
    expect(() => rule(FullError, notFound, ['freeBytes'])).toThrow('has no group freeBytes');
    // @ts-expect-error -- a field is forgotten
    ruleWith(FullError, {}, () => ({}));
    // @ts-expect-error -- a field is forgotten
    NotFoundError.create({ command, exitCode: 1, stdout: '', stderr: '' });
  });
});

describe('ruleWith', () => {
  const full = ruleWith(FullError, { exitCodes: [28], stderr: /(?<free>\d+) bytes free/ }, ({ free }) => ({
    freeBytes: Number(free),
    reason: 'there is no room',
  }));

  it('makes fields of what was said, and a reason the message', () => {
    const error = mapped('only 7 bytes free', [full], 28);
    expect(error).toMatchObject({ name: 'FullError', freeBytes: 7 });
    expect(error.message).toMatch(/^there is no room \(exit code 28: tool get a\)$/);
    expect(mapped('only 7 bytes free', [full], 27).name).toBe('ExitError');
  });
});

describe('saying', () => {
  it('lets the messages be a part of what was said, but for those that have a reason of their own', () => {
    const rules = saying(
      [rule(NotFoundError, notFound, ['name_']), ruleWith(ToolError, {}, () => ({ reason: 'mine' }))],
      ({ stderr }) => stderr.split('\n').at(-1),
    );
    expect(mapped('usage: …\nno such thing: a', rules).message).toMatch(/^no such thing: a \(/);
    expect(mapped('else', rules).message).toMatch(/^mine \(/);
  });
});

describe('an error, looked at', () => {
  it('tells what it is and what was said, and neither environment nor input', () => {
    const text = inspect(mapped('no such thing: a', [rule(NotFoundError, notFound, ['name_'])]));
    expect(text).toMatch(/^NotFoundError: no such thing: a \(exit code 1: tool get a\)/);
    expect(text).toContain("name_: 'a'");
    expect(text).not.toContain('hunter2');
  });
});
