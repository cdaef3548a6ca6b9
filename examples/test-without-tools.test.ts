// Tests automation without virsh, ZFS or root: commands get scripted answers, and nothing runs.
import { dryRun, recording, toShell } from '@quiesce/command';
import { scriptedTransport, type ScriptedReply, type ScriptedTransport } from '@quiesce/command/testing';
import { DomainLockedError } from '@quiesce/virsh';
import { PoolSuspendedError } from '@quiesce/zfs';
import { describe, expect, it } from 'vitest';
import { snapshotGuest } from './own-recipe.js';

/** A host on which one guest runs. `replies` are given in place of the usual. */
function host(replies: Readonly<Record<string, ScriptedReply>> = {}): ScriptedTransport {
  let state = 'running (booted)';
  return scriptedTransport(({ args, file }) => {
    const what = `${file} ${args[0] ?? ''}`;
    const reply = replies[what];
    if (reply !== undefined) return reply;
    if (what === 'virsh domstate') return { stdout: `${state}\n` };
    if (what === 'virsh suspend') state = 'paused (user)';
    if (what === 'virsh resume') state = 'running (unpaused)';
    return {};
  });
}

const options = { domain: 'MySQL', datasets: ['tank/mysql', 'tank/logs'], name: 'nightly' };
const programs = (transport: ScriptedTransport): string[] =>
  transport.commands.map(({ args, file }) => (file === 'virsh' ? `virsh ${args[0] ?? ''}` : file));

describe('a snapshot of a guest', () => {
  it('is made while the guest is paused', async () => {
    const transport = host();
    const report = await snapshotGuest({ ...options, transport }).run();
    expect(report.snapshots).toEqual(['tank/mysql@nightly', 'tank/logs@nightly']);
    const before = ['virsh domstate', 'systemd-run', 'virsh suspend'];
    expect(programs(transport)).toEqual([...before, 'zfs', 'virsh resume', 'systemctl']);
  });

  it('leaves the guest running, and the timer in place, where ZFS fails', async () => {
    const stderr = "cannot create snapshot 'tank/mysql@nightly': pool I/O is currently suspended\n";
    const transport = host({ 'zfs snapshot': { exitCode: 1, stderr } });
    const error: unknown = await snapshotGuest({ ...options, transport })
      .run()
      .catch((reason: unknown) => reason);
    expect(PoolSuspendedError.isInstance(error)).toBe(true);
    expect(programs(transport).slice(-2)).toEqual(['zfs', 'virsh resume']);
  });

  it('tells why a guest could not be paused, though it can not be resumed either', async () => {
    const locked = 'error: Timed out during operation: cannot acquire state change lock\n';
    const runs = 'error: Requested operation is not valid: domain is already running\n';
    const transport = host({
      'virsh suspend': { exitCode: 1, stderr: locked },
      'virsh resume': { exitCode: 1, stderr: runs },
    });
    const error: unknown = await snapshotGuest({ ...options, transport })
      .run()
      .catch((reason: unknown) => reason);
    expect(DomainLockedError.isInstance(error)).toBe(true);
    expect(programs(transport).slice(-2)).toEqual(['virsh suspend', 'virsh resume']);
  });

  it('pauses nobody who does not run', async () => {
    const transport = host({ 'virsh domstate': { stdout: 'shut off (shutdown)\n' } });
    const report = await snapshotGuest({ ...options, transport }).run();
    expect(report.pausedMs).toBeUndefined();
    expect(programs(transport)).toEqual(['virsh domstate', 'zfs']);
  });

  it('is a plan that changes nothing', async () => {
    const transport = host();
    const plan = await snapshotGuest({ ...options, transport }).plan();
    expect(plan.toShell().split('\n').slice(1)).toEqual([
      'virsh suspend --domain=MySQL',
      'zfs snapshot -- tank/mysql@nightly tank/logs@nightly',
      'virsh resume --domain=MySQL',
      expect.stringMatching(/^systemctl stop snapshot-guest-/),
    ]);
    expect(transport.commands.every(({ effect }) => effect === 'read')).toBe(true);
  });

  it('refuses a name that is none before anything runs', () => {
    expect(() => snapshotGuest({ ...options, name: 'a b@c' })).toThrow(/expected/);
  });

  it('writes nothing in a dry run, and what was run can be looked at', async () => {
    const transport = recording(dryRun(host()));
    await snapshotGuest({ ...options, transport }).run();
    const reads = transport.records.filter(({ command }) => command.effect === 'read');
    expect(reads.map(({ command }) => toShell(command))).toEqual(['virsh domstate --domain=MySQL --reason']);
  });
});
