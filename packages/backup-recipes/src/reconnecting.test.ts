import { createCommand, run, TransportError } from '@quiesce/command';
import { scriptedTransport, type ScriptedReply } from '@quiesce/command/testing';
import { describe, expect, it } from 'vitest';
import { reconnecting } from './reconnecting.js';

const command = createCommand('hostname', [], { effect: 'read' });
const lost = (started: boolean): ScriptedReply => ({ error: new TransportError('no connection', { started }) });

describe('reconnecting', () => {
  it('tries again what could not begin', async () => {
    const replies = [lost(false), { stdout: 'hypervisor\n' }];
    const { stdout } = await run(
      reconnecting(
        scriptedTransport(() => replies.shift()),
        10_000,
      ),
      command,
    );
    expect(stdout).toBe('hypervisor\n');
  });

  it('does not try again what had begun', async () => {
    const transport = scriptedTransport(() => lost(true));
    await expect(run(reconnecting(transport, 10_000), command)).rejects.toThrow('no connection');
    expect(transport.commands).toHaveLength(1);
  });

  it('gives up in the end', async () => {
    const transport = scriptedTransport(() => lost(false));
    await expect(run(reconnecting(transport, 500), command)).rejects.toThrow('no connection');
    expect(transport.commands.length).toBeGreaterThan(1);
  });
});
