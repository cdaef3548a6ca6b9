import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createCommand } from './create-command.js';
import { dryRun } from './dry-run.js';
import { SpawnError } from './errors.js';
import { localTransport } from './local-transport.js';
import { run } from './run.js';
import { describeTransportContract } from './testing.js';

describeTransportContract({ describe, it }, 'local', { transport: () => localTransport() });
describeTransportContract({ describe, it }, 'dry run on local', {
  transport: () => dryRun(localTransport()),
  runsWrites: false,
});

describe('localTransport', () => {
  it('finds administration tools without sbin in PATH', async () => {
    const path = createCommand('sh', ['-c', 'echo $PATH'], { effect: 'read' });
    const { stdout } = await run(localTransport(), path);
    expect(stdout.trim().split(':')).toEqual(expect.arrayContaining(['/usr/local/sbin', '/usr/sbin', '/sbin']));
  });

  it('says so when it is the working directory that is missing', async () => {
    const command = createCommand('true', [], { effect: 'read', cwd: '/nonexistent' });
    await expect(run(localTransport(), command)).rejects.toThrow('true: no such working directory');
  });

  it('starts a write as the process that it tells, in a group of its own', async () => {
    const running = localTransport().start(createCommand('sleep', ['0.5']));
    running.stdin.end();
    running.stdout.resume();
    running.stderr.resume();
    const pid = String(await running.pid);
    await delay(200);
    const table = createCommand('ps', ['-o', 'pgid=,args=', '-p', pid], { effect: 'read' });
    const looked = await run(localTransport(), table);
    expect(looked.stdout.trim()).toBe(`${pid} sleep 0.5`);
    await running.result;
  });

  it.each(['sh -c "exit 0"', './program'])('refuses the write %s that is no program', async (file) => {
    await expect(run(localTransport(), createCommand(file, []))).rejects.toSatisfy((error) =>
      SpawnError.isInstance(error),
    );
  });
});
