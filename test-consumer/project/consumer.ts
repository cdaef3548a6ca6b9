// What somebody who installed the packages writes. Compiled against the packed tarballs, then run.
import { CommandError, dryRun, localTransport, type Transport } from '@quiesce/command';
import { createLvm, type Lvm } from '@quiesce/lvm';
import { createRsync, type Rsync } from '@quiesce/rsync';
import { createVirsh, type Virsh } from '@quiesce/virsh';
import { createZfs, type Zfs } from '@quiesce/zfs';
import { lvmToZfsBackup } from '@quiesce/backup-recipes';

const transport: Transport = dryRun(localTransport());
const lvm: Lvm = createLvm({ transport });
const rsync: Rsync = createRsync({ transport });
const virsh: Virsh = createVirsh({ transport });
const zfs: Zfs = createZfs({ transport });
const backup = lvmToZfsBackup({
  domains: ['Server-Tim', 'MySQL'],
  volumes: ['/dev/SSD/images', '/dev/raid5/VM.images'],
  target: 'archives/backups',
});

const clients: Record<string, unknown> = { lvm, rsync, virsh, zfs, backup };
console.log(
  JSON.stringify({
    objects: Object.entries(clients)
      .filter(([, client]) => typeof client === 'object' && client !== null)
      .map(([name]) => name),
    isInstance: CommandError.isInstance(new Error('somebody else’s')),
  }),
);
