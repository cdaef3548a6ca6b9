import { createCommand, run, sudo, sshTransport, TransportError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { startLab, type Lab } from '../../src/index.js';

const output = async (lab: Lab, file: string, ...words: string[]): Promise<string> =>
  (await run(lab.transport, createCommand(file, words, { effect: 'read' }))).stdout.trim();

describe('a lab', () => {
  it('runs beside another, and each keeps its own files', async () => {
    await using one = await startLab();
    await using other = await startLab();
    expect(one.ssh.port).not.toBe(other.ssh.port);
    await run(one.transport, createCommand('touch', ['/archives/backups/mark']));
    expect(await output(one, 'ls', '/archives/backups')).toBe('mark');
    expect(await output(other, 'ls', '/archives/backups')).toBe('');
  });

  it('is as documented: pool, volume groups, spare disks, clock, users; and reset makes it so again', async () => {
    await using lab = await startLab();
    const check = async (): Promise<void> => {
      expect(await output(lab, 'zpool', 'status', '-x')).toBe('all pools are healthy');
      expect(await output(lab, 'zfs', 'get', '-Ho', 'value', 'compression,mounted', 'archives/backups')).toBe('lz4\nyes');
      const free = await output(lab, 'vgs', '--noheadings', '--units', 'g', '--nosuffix', '-o', 'vg_free', 'SSD', 'raid5');
      for (const gibibytes of free.split('\n').map(Number)) expect(gibibytes).toBeGreaterThan(10);
      expect(await output(lab, 'lvs', '--noheadings', '-o', 'segtype', 'raid5/VM.images')).toBe('raid5');
      for (const number of [0, 1, 2, 3]) await output(lab, 'test', '-b', `/dev/disk/by-id/virtio-spare${number}`);
      const clock = Number(await output(lab, 'date', '+%s')) * 1000;
      expect(Math.abs(clock - Date.now())).toBeLessThan(10_000);
    };
    await check();
    await run(lab.transport, createCommand('zfs', ['destroy', 'archives/backups']));
    await run(lab.transport, createCommand('virsh', ['destroy', 'MySQL']));
    await lab.reset();
    await check();
    expect(await output(lab, 'virsh', 'domstate', 'MySQL')).toBe('running');
    await using operator = sshTransport({ ...lab.ssh, user: 'operator' });
    const { stdout } = await run(sudo(operator), createCommand('id', ['-u'], { effect: 'read' }));
    expect(stdout).toBe('0\n');
    await using nosudo = sshTransport({ ...lab.ssh, user: 'nosudo' });
    await expect(run(sudo(nosudo), createCommand('id', ['-u'], { effect: 'read' }))).rejects.toThrow();
  });

  it('can be cut off the network and joined again', async () => {
    await using lab = await startLab();
    await lab.setLink('down');
    await using alone = sshTransport({ ...lab.ssh, shareConnection: false, connectTimeoutMs: 3000 });
    await expect(run(alone, createCommand('true', [], { effect: 'read' }))).rejects.toThrow(TransportError);
    await lab.setLink('up');
    await run(alone, createCommand('true', [], { effect: 'read' }));
  });
});
