// Makes snapshots on another host as a user who may do nothing else there: no root and no sudo, but
// the rights that `zfs allow` gives. npx tsx remote-with-least-rights.ts tank/vm@monday …
// (Node 22.18 and later run it without tsx.) QUIESCE_HOST names the host, QUIESCE_USER the user
// there. Where a right is missing it tells what root has to type there, once.
import process from 'node:process';
import { sshTransport, toShell } from '@quiesce/command';
import { createZfs, DatasetExistsError, parseSnapshotName, PermissionDeniedError, zfsAllowCommand } from '@quiesce/zfs';

const snapshots = process.argv.slice(2);
const host = process.env['QUIESCE_HOST'] ?? 'nas';
const user = process.env['QUIESCE_USER'] ?? 'snapshots';

await using transport = sshTransport({ host, user });
const zfs = createZfs({ transport });
for (const snapshot of snapshots) {
  try {
    await zfs.snapshot({ snapshots: snapshot });
    console.log(`${snapshot} is there`);
  } catch (error) {
    if (DatasetExistsError.isInstance(error)) console.log(`${snapshot} was there already`);
    else if (PermissionDeniedError.isInstance(error)) {
      const { dataset } = parseSnapshotName(snapshot);
      const allow = zfsAllowCommand({ dataset, users: user, permissions: ['snapshot', 'mount'] });
      console.error(`${user} may not: as root on ${host}, type ${toShell(allow)}`);
      process.exitCode = 1;
    } else throw error;
  }
}
