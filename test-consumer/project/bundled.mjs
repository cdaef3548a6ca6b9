// What somebody bundles who uses every package.
import { createCommand, dryRun, localTransport, run } from '@quiesce/command';
import { createLvm } from '@quiesce/lvm';
import { createRsync } from '@quiesce/rsync';
import { createVirsh } from '@quiesce/virsh';
import { createZfs } from '@quiesce/zfs';
import { lvmToZfsBackup } from '@quiesce/backup-recipes';

const transport = dryRun(localTransport());
await createLvm({ transport }).lvremove({ volumes: ['SSD/images.1'] });
await createVirsh({ transport }).suspend({ domain: 'MySQL' });
await createZfs({ transport }).snapshot({ snapshots: ['tank/vm@monday'] });
const backup = lvmToZfsBackup({ transport, domains: [], volumes: ['/dev/SSD/images'], target: 'archives/backups' });
const { stdout } = await run(transport, createCommand('printf', ['said'], { effect: 'read' }));
console.log(
  JSON.stringify({
    written: transport.commands.map(({ file, args }) => [file, args[0]].join(' ')),
    functions: [typeof createRsync({ transport }).sync, typeof backup.run],
    stdout,
  }),
);
