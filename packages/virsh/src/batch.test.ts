import { createCommand, InvalidArgumentError, OutputParseError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { batchCommand, parseBatch, toVirshLine } from './batch.js';
import { domstateCommand } from './domstate.js';
import { DomainNotFoundError, DomainStateError } from './errors.js';
import { resumeCommand } from './resume.js';
import { suspendCommand } from './suspend.js';

const suspend = suspendCommand({ domain: 'MySQL' });
const resume = resumeCommand({ domain: "it's; quit" });
const domstate = domstateCommand({ domain: 'MySQL' });

describe('batchCommand', () => {
  it('builds one argument', () => {
    const line = String.raw`suspend --domain=MySQL; resume '--domain=it'\''s; quit'`;
    expect(batchCommand({ commands: [suspend, resume] })).toEqual({
      file: 'virsh',
      args: [line],
      effect: 'write',
      stop: 'wait',
    });
  });

  it('marks the end of each command on both outputs', () => {
    const { args } = batchCommand({ commands: [suspend, domstate] }, 'm');
    const [first, second] = ['suspend --domain=MySQL', 'domstate --domain=MySQL --reason'];
    expect(args).toEqual([`${first}; echo m:0; echo --err m:0; ${second}; echo m:1; echo --err m:1`]);
  });

  it('is a read where all of it is', () => {
    expect(batchCommand({ commands: [domstate, domstate] })).toMatchObject({ effect: 'read', stop: 'kill' });
    expect(batchCommand({ commands: [domstate, suspend] })).toMatchObject({ effect: 'write', stop: 'wait' });
  });

  it.each([
    ['no commands', []],
    ['another program', [createCommand('sh', ['-c', 'reboot'])]],
    ['a command that ends the batch', [suspend, createCommand('virsh', ['quit'])]],
    ['a command with a connection of its own', [createCommand('virsh', ['-c', 'qemu:///system', 'list'])]],
    ['a batch in a batch', [batchCommand({ commands: [suspend, resume] })]],
    ['input', [createCommand('virsh', ['list'], { stdin: 'x' })]],
    ['an environment', [createCommand('virsh', ['list'], { env: { A: 'b' } })]],
    [
      'a line that is too long',
      Array.from({ length: 2000 }, () => suspendCommand({ domain: 'a name of some length' })),
    ],
  ])('refuses %s', (_, commands) => {
    expect(() => batchCommand({ commands })).toThrow(InvalidArgumentError);
  });
});

describe('parseBatch', () => {
  const commands = [suspend, domstate, resume];
  const stdout = "Domain 'MySQL' suspended\n\nm:0\n\n\n\nm:1\n\npaused (user)\n\nm:2\n\n";

  it('gives every command its output and its error', () => {
    const stderr = "error: m:0\nerror: failed to get domain 'x'\nerror: m:1\nerror: m:2\n";
    const results = parseBatch({ stdout, stderr }, commands, 'm');
    expect(results.map((result) => result.command)).toEqual(commands);
    expect(results.map((result) => result.stdout)).toEqual([
      "Domain 'MySQL' suspended\n\n",
      '\n\n',
      'paused (user)\n\n',
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
    const [, , last] = parseBatch({ stdout, stderr: `error: m:0\nerror: m:1\n${said}error: m:2\n` }, commands, 'm');
    expect(last?.error).toBeInstanceOf(DomainStateError);
    expect(last?.error).toMatchObject({ domain: "it's; quit" });
  });

  it('takes a warning for no failure', () => {
    const stderr = '2026-11-23 16:01:59.754+0000: 1: warning : something\nerror: m:0\nerror: m:1\nerror: m:2\n';
    expect(parseBatch({ stdout, stderr }, commands, 'm').every(({ error }) => error === undefined)).toBe(true);
  });

  it('takes the silence of a dry run for success', () => {
    expect(parseBatch({ stdout: '', stderr: '' }, commands, 'm')).toEqual(
      commands.map((command) => ({ command, stdout: '', error: undefined })),
    );
  });

  it('tells marks of more than nine commands apart', () => {
    const many = Array.from({ length: 12 }, () => suspend);
    const out = many.map((_, index) => `out ${index}\nm:${index}\n`).join('');
    const err = many.map((_, index) => `error: m:${index}\n`).join('');
    const results = parseBatch({ stdout: out, stderr: err }, many, 'm');
    expect(results.map((result) => result.stdout)).toEqual(many.map((_, index) => `out ${index}\n`));
  });

  it('refuses output that ends half-way', () => {
    expect(() => parseBatch({ stdout: 'm:0\n', stderr: 'error: m:0\n' }, commands, 'm')).toThrow(OutputParseError);
  });
});

describe('toVirshLine', () => {
  it('quotes words as virsh reads them', () => {
    expect(toVirshLine(suspendCommand({ domain: "it's; quit" }))).toBe(String.raw`suspend '--domain=it'\''s; quit'`);
  });

  it('refuses what would end the connection, and other programs', () => {
    expect(() => toVirshLine(createCommand('virsh', ['quit']))).toThrow(InvalidArgumentError);
    expect(() => toVirshLine(createCommand('lvs', []))).toThrow(InvalidArgumentError);
  });
});
