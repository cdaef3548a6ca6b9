import { ExitError, type Command } from '@quiesce/command';
import { scriptedTransport, type Script } from '@quiesce/command/testing';
import { describe, expect, it } from 'vitest';
import { recordScenario } from './record-scenario.js';
import type { Scenario } from './scenario.js';

const scenario: Scenario = {
  program: 'tool',
  env: { COLUMNS: '80' },
  setUp: 'make it',
  cases: [
    { name: 'list', args: ['list', 'a b'] },
    { name: 'old list', only: 'bookworm', args: ['list'] },
    { name: 'gone', before: 'take it away', user: 'nobody', args: ['list', 'it'] },
    { name: 'piped', script: 'tool one | tool two', stdin: 'in' },
  ],
  tearDown: 'undo it',
};

const told = ({ args, file }: Command): string => [file, ...args].join(' ');
const tearDown = 'sh -c cd /\nundo it\ncd / && rm -rf --one-file-system /tmp/quiesce-recording';
const setUp = ['mkdir --mode=755 /tmp/quiesce-recording', 'sh -euc make it'];

async function record(
  script: Script,
  signal = new AbortController().signal,
): Promise<{ ran: string[]; outcome: unknown }> {
  const transport = scriptedTransport(script);
  const outcome: unknown = await recordScenario(scenario, { transport, release: 'trixie', signal }).catch(
    (error: unknown) => error,
  );
  return { ran: transport.commands.map(told), outcome };
}

describe('recordScenario', () => {
  it('runs the cases of the release in order, and tidies before and after', async () => {
    const { ran, outcome } = await record(({ args, file }) =>
      file === 'tool' ? { stdout: args.join('|') } : { exitCode: file === 'setpriv' ? 3 : 0, stderr: 'said' },
    );
    expect(ran).toEqual([
      ...[tearDown, ...setUp, 'tool list a b', 'sh -euc take it away'],
      ...['setpriv --reuid=65534 --regid=65534 --clear-groups -- tool list it', 'sh -c tool one | tool two', tearDown],
    ]);
    expect(outcome).toEqual({
      list: { args: ['list', 'a b'], exitCode: 0, stdout: 'list|a b', stderr: '' },
      gone: { args: ['list', 'it'], exitCode: 3, stdout: '', stderr: 'said' },
      piped: { args: ['-c', 'tool one | tool two'], exitCode: 0, stdout: '', stderr: 'said' },
    });
  });

  it('tidies after a set-up that failed, and records nothing', async () => {
    const { ran, outcome } = await record(({ args }) => ({ exitCode: args.includes('make it') ? 1 : 0 }));
    expect(outcome).toBeInstanceOf(ExitError);
    expect(ran).toEqual([tearDown, ...setUp, tearDown]);
  });

  it('tidies when it is interrupted, and begins nothing more', async () => {
    const controller = new AbortController();
    const { ran, outcome } = await record(({ file }) => {
      if (file === 'tool') controller.abort(new Error('enough'));
      return {};
    }, controller.signal);
    expect(outcome).toMatchObject({ message: 'enough' });
    expect(ran).toEqual([tearDown, ...setUp, 'tool list a b', tearDown]);
  });
});
