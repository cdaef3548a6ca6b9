import { describe, expect, it } from 'vitest';
import { createCommand } from './command.js';
import { dryRun } from './dry-run.js';
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
});
