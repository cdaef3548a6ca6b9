// Backs up the guests of this host, for a timer of systemd: see systemd/ beside it, and the guide
// docs/guides/first-backup.md. As root on the hypervisor: npx tsx backup-service.ts --plan tells
// what it would do, --script prints that as a whole script, and without either it does it. (Node
// 22.18 and later run it without tsx.)
import process from 'node:process';
import { exitCodeOf, failureNotice, lvmToZfsBackup, reportToText } from '@quiesce/backup-recipes';
import type { LvmToZfsBackupOptions } from '@quiesce/backup-recipes';
import { toShell } from '@quiesce/command';

// The names of your host. Its own files, the file system of / with /boot, are copied too: see
// hostRoot, as nightly-backup.ts has it, for less of them.
const options: LvmToZfsBackupOptions = {
  domains: ['Server-Tim', 'MySQL'],
  volumes: ['/dev/SSD/images', '/dev/raid5/VM.images'],
  target: 'archives/backups',
};

// A stop has the run resume the guests and remove what it made.
const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
const { signal } = stop;

try {
  const backup = lvmToZfsBackup(options);
  if (process.argv.includes('--plan')) {
    const { hostRoot, pause, volumes, zfsSnapshot } = await backup.plan({ signal });
    console.log(`pauses ${pause.domains.join(', ') || 'nobody'} for some seconds`);
    console.log(`makes ${zfsSnapshot} of what the target holds`);
    for (const { copy, makeSpace, mount, volume } of volumes) {
      console.log(`${volume}:`);
      for (const command of [makeSpace, mount, copy.copy]) console.log(`  ${toShell(command)}`);
    }
    if (hostRoot.length > 0) console.log("the host's own files:");
    for (const { copy } of hostRoot) console.log(`  ${toShell(copy)}`);
  } else if (process.argv.includes('--script')) {
    console.log((await backup.plan({ signal })).toShell());
  } else {
    const report = await backup.run({ signal });
    console.log(reportToText(report));
    process.exitCode = exitCodeOf(report);
  }
} catch (error) {
  console.error(failureNotice(error));
  process.exitCode = exitCodeOf(error);
}
