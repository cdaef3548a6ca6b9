import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { createCommand, run, sshTransport, sudo, TransportError, type Transport } from '@quiesce/command';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openCache } from '../../src/cache.js';
import { startLab, type Lab } from '../../src/index.js';
import { machineFiles, machineMark } from '../../src/machine-arguments.js';
import { findProcesses } from '../../src/process-identity.js';
import { labSsh, labTransport } from '../../src/testing.js';

const output = async (transport: Transport, file: string, ...words: string[]): Promise<string> =>
  (await run(transport, createCommand(file, words, { effect: 'read' }))).stdout.trim();

describe('a second lab', () => {
  let lab: Lab;
  beforeAll(async () => (lab = await startLab()));
  afterAll(() => lab.stop());

  async function expectDocumented(): Promise<void> {
    const { transport } = lab;
    expect(await output(transport, 'zpool', 'status', '-x')).toBe('all pools are healthy');
    expect(await output(transport, 'zfs', 'get', '-Ho', 'value', 'compression,mounted', 'archives/backups')).toBe(
      'lz4\nyes',
    );
    const free = await output(
      transport,
      'vgs',
      '--noheadings',
      '--units',
      'g',
      '--nosuffix',
      '-o',
      'vg_free',
      'SSD',
      'raid5',
    );
    for (const gibibytes of free.split('\n').map(Number)) expect(gibibytes).toBeGreaterThan(10);
    expect(await output(transport, 'lvs', '--noheadings', '-o', 'segtype', 'raid5/VM.images')).toBe('raid5');
    for (const number of [0, 1, 2, 3]) await output(transport, 'test', '-b', `/dev/disk/by-id/virtio-spare${number}`);
    for (const { name } of lab.guests) expect(await output(transport, 'virsh', 'domstate', name)).toBe('running');
    const clock = Number(await output(transport, 'date', '+%s')) * 1000;
    expect(Math.abs(clock - Date.now())).toBeLessThan(10_000);
  }

  it('runs beside the first, and each keeps its own files', async () => {
    expect(lab.ssh.port).not.toBe(labSsh().port);
    const mark = `/archives/backups/mark-of-${lab.name}`;
    await run(lab.transport, createCommand('touch', [mark]));
    expect(await output(lab.transport, 'ls', '/archives/backups')).toBe(`mark-of-${lab.name}`);
    await expect(output(labTransport(), 'ls', mark)).rejects.toThrow('No such file');
  });

  it('is as documented again after a reset, whatever was broken in it', async () => {
    await run(lab.transport, createCommand('zfs', ['destroy', 'archives/backups']));
    await run(lab.transport, createCommand('virsh', ['destroy', 'MySQL']));
    await lab.reset();
    await expectDocumented();
  });

  it('has a user who may use sudo, and one who may not', async () => {
    await using operator = sshTransport({ ...lab.ssh, user: 'operator' });
    expect(await output(sudo(operator), 'id', '-u')).toBe('0');
    await using nosudo = sshTransport({ ...lab.ssh, user: 'nosudo' });
    await expect(output(sudo(nosudo), 'id', '-u')).rejects.toThrow();
  });

  it('can be cut off the network and joined again', async () => {
    await using alone = sshTransport({ ...lab.ssh, shareConnection: false, connectTimeoutMs: 3000 });
    await lab.setLink('down');
    await expect(output(alone, 'true')).rejects.toThrow(TransportError);
    await lab.setLink('up');
    await using again = sshTransport({ ...lab.ssh, shareConnection: false });
    expect(await output(again, 'echo', 'there')).toBe('there');
  });
});

it('takes another machine where one ends while it starts', async () => {
  const { instances, root } = await openCache();
  const name = `ends-${process.pid}`;
  const mark = machineMark(path.join(instances, name));
  const running = async (): Promise<number> => {
    const [pid] = await findProcesses(mark);
    if (pid === undefined) throw new Error('no machine yet');
    return pid;
  };
  const starting = startLab({ name });
  const first = await vi.waitFor(running, { timeout: 60_000, interval: 20 });
  // It listens on its monitor then, and reads its state.
  await delay(500);
  process.kill(first, 'SIGKILL');
  await using lab = await starting;
  expect(await output(lab.transport, 'echo', 'there')).toBe('there');
  expect(await running()).not.toBe(first);
  const kept = path.join(root, 'ended', name);
  expect(await readdir(kept)).toContain(machineFiles.console);
  await rm(kept, { recursive: true });
});
