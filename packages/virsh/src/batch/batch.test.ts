import { createCommand, InvalidArgumentError, OutputParseError } from '@quiesce/command';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { parseVirshDomstate, virshDomstateCommand, type DomstateResult } from '../monitor/domstate.js';
import { parseVirshBatch, toVirshLine, virshBatchCommand, type BatchOutcome } from './batch.js';
import { ConnectionFailedError, DomainNotFoundError, DomainStateError } from '../errors.js';
import { virshResumeCommand } from '../lifecycle/resume.js';
import { virshSuspendCommand } from '../lifecycle/suspend.js';

const suspend = virshSuspendCommand({ domain: 'MySQL' });
const resume = virshResumeCommand({ domain: "it's; quit" });
const domstate = virshDomstateCommand({ domain: 'MySQL' });

describe('virshBatchCommand', () => {
  it('builds one argument', () => {
    const line = String.raw`suspend --domain=MySQL; resume '--domain=it'\''s; quit'`;
    expect(virshBatchCommand({ commands: [suspend, resume] })).toEqual({
      file: 'virsh',
      args: [line],
      effect: 'write',
      stop: 'wait',
    });
  });

  it('marks the end of each command on both outputs', () => {
    const { args } = virshBatchCommand({ commands: [suspend, domstate] }, 'm');
    const [first, second] = ['suspend --domain=MySQL', 'domstate --domain=MySQL --reason'];
    expect(args).toEqual([`${first}; echo m:0; echo --err m:0; ${second}; echo m:1; echo --err m:1`]);
  });

  it('is a read where all of it is', () => {
    expect(virshBatchCommand({ commands: [domstate, domstate] })).toMatchObject({ effect: 'read', stop: 'kill' });
    expect(virshBatchCommand({ commands: [domstate, suspend] })).toMatchObject({ effect: 'write', stop: 'wait' });
  });

  it.each([
    ['no commands', []],
    ['another program', [createCommand('sh', ['-c', 'reboot'])]],
    ['a command that ends the batch', [suspend, createCommand('virsh', ['quit'])]],
    ['a command with a connection of its own', [createCommand('virsh', ['-c', 'qemu:///system', 'list'])]],
    ['a batch in a batch', [virshBatchCommand({ commands: [suspend, resume] })]],
    ['input', [createCommand('virsh', ['list'], { stdin: 'x' })]],
    ['an environment', [createCommand('virsh', ['list'], { env: { A: 'b' } })]],
    [
      'a line that is too long',
      Array.from({ length: 2000 }, () => virshSuspendCommand({ domain: 'a name of some length' })),
    ],
  ])('refuses %s', (_, commands) => {
    expect(() => virshBatchCommand({ commands })).toThrow(InvalidArgumentError);
  });
});

describe('parseVirshBatch', () => {
  const commands = [suspend, domstate, resume];
  const stdout = "Domain 'MySQL' suspended\n\nm:0\n\n\n\nm:1\n\npaused (user)\n\nm:2\n\n";

  it('gives every command its output and its error', () => {
    const stderr = "error: m:0\nerror: failed to get domain 'x'\nerror: m:1\nerror: m:2\n";
    const results = parseVirshBatch({ stdout, stderr }, commands, 'm');
    expect(results.map((result) => result.command)).toEqual(commands);
    expect(results.map(({ status, value }) => [status, value])).toEqual([
      ['done', "Domain 'MySQL' suspended\n\n"],
      ['failed', undefined],
      ['done', 'paused (user)\n\n'],
    ]);
    expect(results.map(({ error }) => error?.name)).toEqual([undefined, 'DomainNotFoundError', undefined]);
    expect(results[1]?.error).toBeInstanceOf(DomainNotFoundError);
    expect(results[1]?.error).toMatchObject({
      command: domstate,
      exitCode: 1,
      stderr: "error: failed to get domain 'x'\n",
    });
  });

  it('makes errors of the command that failed', () => {
    const said =
      "error: Failed to resume domain 'y'\nerror: Requested operation is not valid: domain is already running\n";
    const [, , last] = parseVirshBatch(
      { stdout, stderr: `error: m:0\nerror: m:1\n${said}error: m:2\n` },
      commands,
      'm',
    );
    expect(last?.error).toBeInstanceOf(DomainStateError);
    expect(last?.error).toMatchObject({ domain: "it's; quit" });
  });

  it('gives what each parser makes of its output, with its type', () => {
    const items = [suspend, { command: domstate, parse: parseVirshDomstate }] as const;
    const out = "Domain 'MySQL' suspended\n\nm:0\n\npaused (user)\n\nm:1\n\n";
    const [first, second] = parseVirshBatch({ stdout: out, stderr: 'error: m:0\nerror: m:1\n' }, items, 'm');
    expectTypeOf(first).toEqualTypeOf<BatchOutcome<string>>();
    expectTypeOf(second).toEqualTypeOf<BatchOutcome<DomstateResult>>();
    expect(second).toEqual({ status: 'done', command: domstate, value: { state: 'paused', reason: 'user' } });
  });

  it('makes an output that can not be read a failure of its command alone', () => {
    const items = [suspend, { command: domstate, parse: parseVirshDomstate }, resume];
    const [first, second, third] = parseVirshBatch(
      { stdout: 'm:0\n\nnonsense\nm:1\n\nm:2\n', stderr: 'error: m:0\nerror: m:1\nerror: m:2\n' },
      items,
      'm',
    );
    expect([first?.status, second?.status, third?.status]).toEqual(['done', 'failed', 'done']);
    expect(second?.error).toBeInstanceOf(OutputParseError);
    expect(second?.error?.command).toEqual(domstate);
  });

  it('takes a warning for no failure', () => {
    const stderr = '2026-11-23 16:01:59.754+0000: 1: warning : something\nerror: m:0\nerror: m:1\nerror: m:2\n';
    expect(parseVirshBatch({ stdout, stderr }, commands, 'm').every(({ error }) => error === undefined)).toBe(true);
  });

  it('takes the silence of a dry run for what it is', () => {
    expect(parseVirshBatch({ stdout: '', stderr: '' }, commands, 'm')).toEqual(
      commands.map((command) => ({ status: 'not run', command })),
    );
  });

  it('tells marks of more than nine commands apart', () => {
    const many = Array.from({ length: 12 }, () => suspend);
    const out = many.map((_, index) => `out ${index}\nm:${index}\n`).join('');
    const err = many.map((_, index) => `error: m:${index}\n`).join('');
    const results = parseVirshBatch({ stdout: out, stderr: err }, many, 'm');
    expect(results.map((result) => result.value)).toEqual(many.map((_, index) => `out ${index}\n`));
  });

  it('refuses output that ends half-way', () => {
    expect(() => parseVirshBatch({ stdout: 'm:0\n', stderr: 'error: m:0\n' }, commands, 'm')).toThrow(OutputParseError);
  });
});

describe('toVirshLine', () => {
  it('quotes words as virsh reads them', () => {
    expect(toVirshLine(virshSuspendCommand({ domain: "it's; quit" }))).toBe(
      String.raw`suspend '--domain=it'\''s; quit'`,
    );
  });

  it('refuses what would end the connection, and other programs', () => {
    expect(() => toVirshLine(createCommand('virsh', ['quit']))).toThrow(InvalidArgumentError);
    expect(() => toVirshLine(createCommand('lvs', []))).toThrow(InvalidArgumentError);
  });
});

describe('what is said of the connection alone', () => {
  const ends = (errors: readonly string[]): string =>
    errors.map((said, index) => `${said}error: m:${index}\n`).join('');

  it('is no failure of the command that happens to be next', () => {
    const stderr = ends(['', 'error: Reconnected to the hypervisor\n', 'error: Disconnected from qemu:///system\n']);
    const results = parseVirshBatch({ stdout: 'm:0\n\nm:1\n\nm:2\n', stderr }, [suspend, suspend, suspend], 'm');
    expect(results.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
  });

  it('fails all where no command had a connection', () => {
    const lost =
      "error: failed to connect to the hypervisor\nerror: Failed to connect socket to '/run/x': No such file\n";
    const read = (errors: readonly string[]): unknown =>
      parseVirshBatch({ stdout: 'm:0\n\nm:1\n', stderr: ends(errors) }, [suspend, resume], 'm');
    expect(() => read([lost, lost])).toThrow(ConnectionFailedError);
    expect(read(['', lost])).toMatchObject([{ status: 'done' }, { status: 'failed' }]);
  });
});

describe('a batch that says nothing', () => {
  it('is a dry run only where something would be changed', () => {
    const silent = { stdout: '', stderr: '' };
    expect(parseVirshBatch(silent, [domstate, suspend], 'm')).toMatchObject([
      { status: 'not run' },
      { status: 'not run' },
    ]);
    expect(() => parseVirshBatch(silent, [domstate, domstate], 'm')).toThrow(OutputParseError);
  });
});

describe('what callers without types put into a batch', () => {
  it.each<[string, unknown]>([
    ['words that are none', { ...suspend, args: ['suspend', null] }],
    ['no words', { ...suspend, args: [] }],
    ['a text for words', { ...suspend, args: 'list' }],
    ['a parser that is none', { command: suspend, parse: 'x' }],
    ['a parser that is left out', { command: suspend, parse: undefined }],
    ['an effect that there is not', { ...suspend, effect: 'WRITE' }],
    ['nothing', null],
  ])('is refused: %s', (_, item) => {
    expect(() => virshBatchCommand({ commands: [item as never] })).toThrow(InvalidArgumentError);
  });

  it('makes a command without an effect a write', () => {
    const bare = { file: 'virsh', args: ['destroy', '--domain=a'] } as never;
    expect(virshBatchCommand({ commands: [bare, domstate] })).toMatchObject({ effect: 'write', stop: 'wait' });
  });

  it('gives whatever a parser throws as the failure of its command', () => {
    const items = [suspend, { command: domstate, parse: (text: string): unknown => JSON.parse(text) }];
    const stdout = 'm:0\n\nno JSON\nm:1\n';
    const [first, second] = parseVirshBatch({ stdout, stderr: 'error: m:0\nerror: m:1\n' }, items, 'm');
    expect(first?.status).toBe('done');
    expect(second?.error).toBeInstanceOf(OutputParseError);
    expect(second?.error?.cause).toBeInstanceOf(SyntaxError);
  });

  it('has the types of all parsers of a list', () => {
    const items = [suspend, { command: domstate, parse: parseVirshDomstate }];
    const results = parseVirshBatch({ stdout: 'm:0\n\nm:1\n', stderr: 'error: m:0\nerror: m:1\n' }, items, 'm');
    expectTypeOf(results[0]?.value).toEqualTypeOf<string | DomstateResult | undefined>();
  });
});

it('toVirshLine refuses what would be two lines', () => {
  const command = createCommand('virsh', ['metadata', '--set=<a>\n</a>']);
  expect(() => toVirshLine(command)).toThrow(InvalidArgumentError);
  expect(() => virshBatchCommand({ commands: [command] })).not.toThrow();
});
