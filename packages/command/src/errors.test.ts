import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createCommand } from './create-command.js';
import {
  AbortedError,
  CommandError,
  ExitError,
  InvalidArgumentError,
  PrivilegeError,
  TransportError,
} from './errors.js';
import { mapExitError } from './exit-error-rules.js';

const command = createCommand('zfs', ['destroy', 'tank/a'], { effect: 'write' });
const exit = { command, exitCode: 1, stdout: '', stderr: "cannot destroy 'tank/a': it is busy\n" };

class BusyError extends ExitError {
  static override readonly errorName: string = 'BusyError';
}

describe('isInstance', () => {
  it('knows a class and those above it, and no others', () => {
    const error = new BusyError(exit);
    expect([CommandError, ExitError, BusyError].map((type) => type.isInstance(error))).toEqual([true, true, true]);
    expect(
      InvalidArgumentError.isInstance(error) || TransportError.isInstance(error) || AbortedError.isInstance(error),
    ).toBe(false);
    expect(PrivilegeError.isInstance(new TransportError('x', { started: false }))).toBe(false);
  });

  it('knows an error of another copy of the package', () => {
    const foreign = Object.assign(new Error('x'), {
      [Symbol.for('quiesce.errorNames')]: ['ExitError', 'CommandError'],
    });
    expect(ExitError.isInstance(foreign)).toBe(true);
    expect(BusyError.isInstance(foreign)).toBe(false);
  });

  it.each([undefined, null, 'ExitError', {}, new Error('ExitError')])('says no to %s', (value) => {
    expect(CommandError.isInstance(value)).toBe(false);
  });
});

describe('messages', () => {
  it('are one line with what was said, how it ended and what ran', () => {
    expect(new ExitError(exit).message).toBe("cannot destroy 'tank/a': it is busy (exit code 1: zfs destroy tank/a)");
  });

  it.each([
    ['x', '"x"'],
    ["it's\n", String.raw`"it's\n"`],
    [[], '[]'],
    [{ a: [1, undefined, Number.NaN] }, '{"a":[1,"undefined","NaN"]}'],
    [undefined, 'undefined'],
    [null, 'null'],
    [Number.NaN, 'NaN'],
    [5n, '5'],
    [Symbol('s'), 'Symbol(s)'],
    [new Map(), '{}'],
  ])('shows a value as JSON has it: %s', (value, shown) => {
    const { message } = new InvalidArgumentError({ argument: 'a', value, expected: 'b' });
    expect(message).toBe(`a: ${shown} is not valid: expected b`);
  });

  it('shows what holds itself, and not all of what is long', () => {
    const ring: Record<string, unknown> = {};
    ring['ring'] = ring;
    const of = (value: unknown): string => new InvalidArgumentError({ argument: 'a', value, expected: 'b' }).message;
    expect(of(ring)).toBe('a: an object that holds itself is not valid: expected b');
    expect(of('x'.repeat(5000)).length).toBeLessThan(300);
  });

  it('name the value and what would be right', () => {
    const error = new InvalidArgumentError({ argument: 'name', value: '-rf\n', expected: 'a name' });
    expect(error.message).toBe(String.raw`name: "-rf\n" is not valid: expected a name`);
  });
});

describe('a logged error', () => {
  it('shows neither environment nor input of its command', async () => {
    const secret = createCommand('x', [], { env: { PASSWORD: 'hunter2' }, stdin: 's3cret' });
    const outcome = Promise.resolve({ command: secret, exitCode: 0, signal: undefined, durationMs: 1 });
    await outcome;
    const errors = [
      new ExitError({ ...exit, command: secret }),
      new AbortedError({ command: secret, stillRunning: true, outcome }),
    ];
    expect(inspect(errors, { depth: null }) + JSON.stringify(errors)).not.toMatch(/hunter2|s3cret/);
    expect(errors[0]?.command).toBe(secret);
  });

  it('does not show the value of a variable that was refused', () => {
    expect(() => createCommand('x', [], { env: { PASSWORD: 'hunter2\0' } })).toThrow(/^env\.PASSWORD: (?!.*hunter2)/);
  });
});

describe('mapExitError', () => {
  const busy = {
    stderr: /is (?<what>busy)/,
    create: (options: ConstructorParameters<typeof BusyError>[0]) => new BusyError(options),
  };

  it('takes the first rule that fits', () => {
    expect(mapExitError(new ExitError(exit), [{ ...busy, exitCodes: [2] }, busy])).toBeInstanceOf(BusyError);
  });

  it('leaves an error that no rule knows', () => {
    const error = new ExitError({ ...exit, stderr: 'other' });
    expect(mapExitError(error, [busy])).toBe(error);
  });
});

describe('createCommand', () => {
  it.each([
    ['', []],
    ['-x', []],
    ['a\0b', []],
    ['a', ['\0']],
    ['a', ['\ud800']],
  ])('refuses %j %j', (file, args) => {
    expect(() => createCommand(file, args)).toThrow(InvalidArgumentError);
  });

  it.each(['A B', '', 'UID', 'PPID', '_'])('refuses the variable %j', (name) => {
    expect(() => createCommand('a', [], { env: { [name]: 'x' } })).toThrow(InvalidArgumentError);
  });

  it('lets reads be killed and writes finish unless told otherwise', () => {
    expect(createCommand('a', [], { effect: 'read' }).stop).toBe('kill');
    expect(createCommand('a', []).stop).toBe('wait');
    expect(createCommand('a', [], { stop: 'kill' })).toMatchObject({ effect: 'write', stop: 'kill' });
  });
});
