import { toShell } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { lvmToZfsBackup } from '../lvm-to-zfs-backup.js';
import { goodHost, reach } from '../preflight/testing/fake-host.js';

describe('a plan', () => {
  it('checks an ext4 before it mounts it, and mounts an xfs beside its origin without a check', async () => {
    const host = goodHost();
    host.contents.set('/dev/raid5/VM.images', 'TYPE=xfs\nUSAGE=filesystem\n');
    const plan = await lvmToZfsBackup({
      domains: ['Server-Tim', 'MySQL'],
      volumes: ['/dev/SSD/images', '/dev/raid5/VM.images'],
      target: 'archives/backups',
      epochSeconds: 1,
      transport: reach(host),
    }).plan();
    const folder = `/run/backup/${plan.runId}`;
    expect(plan.volumes.map(({ check, mount }) => [check && toShell(check), toShell(mount)])).toEqual([
      ['fsck -p /dev/SSD/images.1', `mount -o ro -- /dev/SSD/images.1 ${folder}/SSD.images`],
      [undefined, `mount -o ro,nouuid -- /dev/raid5/VM.images.1 ${folder}/raid5.VM.images`],
    ]);
  });
});
