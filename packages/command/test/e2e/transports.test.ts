import {
  createCommand,
  dryRun,
  PrivilegeError,
  recording,
  run,
  sshTransport,
  sudo,
  TransportError,
} from '@quiesce/command';
import { describeTransportContract } from '@quiesce/command/testing';
import { labSsh, labTransport } from '@quiesce/lab/testing';
import { describe, expect, it } from 'vitest';

const overSsh = (): ReturnType<typeof labTransport> => labTransport('operator');

describeTransportContract({ describe, it: it.concurrent }, 'ssh', { transport: overSsh });
describeTransportContract({ describe, it: it.concurrent }, 'recording over ssh', {
  transport: () => recording(overSsh()),
});
describeTransportContract({ describe, it: it.concurrent }, 'dry run over ssh', {
  transport: () => dryRun(overSsh()),
  runsWrites: false,
});
describeTransportContract({ describe, it: it.concurrent }, 'sudo over ssh', {
  transport: () => sudo(overSsh()),
  // sudo's policy drops what it does not know.
  passesEnvironment: false,
});

const id = createCommand('id', ['-un'], { effect: 'read' });

describe('sudo', () => {
  it('runs as root, or as another user', async () => {
    expect((await run(sudo(overSsh()), id)).stdout).toBe('root\n');
    expect((await run(sudo(overSsh(), { user: 'nobody' }), id)).stdout).toBe('nobody\n');
  });

  it('rejects with PrivilegeError where it would have to ask', async () => {
    const refused = run(sudo(labTransport('nosudo')), id);
    await expect(refused).rejects.toSatisfy((error) => PrivilegeError.isInstance(error) && !error.started);
  });
});

describe('ssh', () => {
  it('rejects with TransportError where nobody listens', async () => {
    const refused = run(sshTransport({ ...labSsh(), port: 1, shareConnection: false }), id);
    await expect(refused).rejects.toSatisfy((error) => TransportError.isInstance(error) && !error.started);
    await expect(refused).rejects.toThrow(/Connection refused/);
  });

  it('rejects with TransportError for a key that is not accepted', async () => {
    const refused = run(sshTransport({ ...labSsh(), user: 'nobody', shareConnection: false }), id);
    await expect(refused).rejects.toSatisfy((error) => TransportError.isInstance(error) && !error.started);
    await expect(refused).rejects.toThrow(/Permission denied/);
  });

  it('rejects with TransportError for a host key that is not known', async () => {
    const stranger = sshTransport({ ...labSsh(), knownHostsFile: '/dev/null', shareConnection: false });
    await expect(run(stranger, id)).rejects.toThrow(/Host key verification failed/);
  });

  it('tells a connection that was lost from a program that exits with 255', async () => {
    const alone = sshTransport({ ...labSsh(), shareConnection: false });
    // sshd starts our script, which starts this one.
    const script = 'kill -KILL $(ps -o ppid= -p $(ps -o ppid= -p $$)); sleep 30';
    const lost = run(alone, createCommand('sh', ['-c', script], { effect: 'read' }));
    await expect(lost).rejects.toSatisfy((error) => TransportError.isInstance(error) && error.started);
  });

  it('runs sixteen commands at once over one connection', async () => {
    await using shared = sshTransport(labSsh());
    const numbers = Array.from({ length: 16 }, (_, index) => String(index));
    const outputs = await Promise.all(
      numbers.map((number) => run(shared, createCommand('echo', [number], { effect: 'read' }))),
    );
    expect(outputs.map(({ stdout }) => stdout.trim())).toEqual(numbers);
  });

  it('works again after close', async () => {
    const transport = sshTransport(labSsh());
    await run(transport, id);
    await transport.close();
    expect((await run(transport, id)).stdout).toBe('root\n');
    await transport.close();
  });
});
