import { describe, expect, it } from 'vitest';
import { createCommandRunner, type CommandRunner } from './client.js';
import { createCommand } from './create-command.js';
import { InvalidArgumentError, OutputParseError, OutputTooLargeError } from './errors.js';
import { localTransport } from './local-transport.js';
import { scriptedTransport } from './testing/scripted-transport.js';

const echo = createCommand('sh', ['-c', 'echo "$@"', 'sh', 'a'], { effect: 'read' });

function local(options: { leading?: readonly string[]; maximumOutputBytes?: number } = {}): CommandRunner {
  const { leading, ...client } = options;
  return createCommandRunner(
    { transport: localTransport(), ...client },
    { program: 'sh', errors: [], ...(leading !== undefined && { leading }) },
  );
}

describe('createCommandRunner', () => {
  it('runs commands, and reads what they print', async () => {
    expect(await local().read(echo, {}, (stdout) => stdout.trim())).toBe('a');
    await local().perform(echo);
    expect((await local().run(echo)).stdout).toBe('a\n');
  });

  it('puts words before those of each command, and its own path in place of the program', async () => {
    const transport = scriptedTransport(() => ({ stdout: '' }));
    const runner = createCommandRunner({ transport, path: '/opt/sh' }, { program: 'sh', errors: [], leading: ['-u'] });
    await runner.perform(createCommand('sh', ['-c', 'true']));
    expect(transport.commands.map(({ args, file }) => [file, ...args])).toEqual([['/opt/sh', '-u', '-c', 'true']]);
  });

  it('refuses what is no command of its program, and runs nothing', async () => {
    const transport = scriptedTransport(() => ({ stdout: '' }));
    const runner = createCommandRunner({ transport }, { program: 'zfs', errors: [] });
    for (const command of [echo, undefined, null, 'zfs list', { file: 'zfs' }, {}]) {
      await expect(runner.run(command as never)).rejects.toBeInstanceOf(InvalidArgumentError);
    }
    expect(transport.commands).toEqual([]);
  });

  it('tells the command whose output could not be read', async () => {
    const parse = (text: string): never => {
      throw new OutputParseError('not as expected', { text });
    };
    await expect(local().read(echo, {}, parse)).rejects.toMatchObject({ command: { file: 'sh' }, text: 'a\n' });
  });

  it('takes no more output than the client allows', async () => {
    await expect(local({ maximumOutputBytes: 1 }).run(echo)).rejects.toBeInstanceOf(OutputTooLargeError);
  });
});
