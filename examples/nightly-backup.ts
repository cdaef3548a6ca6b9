// Backs up two running guests from LVM to ZFS. As root on the hypervisor: npx tsx nightly-backup.ts
// (Node 22.18 and later run it without tsx). From afar: QUIESCE_HOST=hypervisor.example.org; it
// logs in as root, or wrap sshTransport in sudo(…).
import process from 'node:process';
import { exitCodeOf, failureNotice, lvmToZfsBackup } from '@quiesce/backup-recipes';
import { localTransport, sshTransport } from '@quiesce/command';

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort(new Error(name)));
const host = process.env['QUIESCE_HOST'];
try {
  const report = await lvmToZfsBackup({
    domains: ['Server-Tim', 'MySQL'],
    volumes: ['/dev/SSD/images', '/dev/raid5/VM.images'],
    target: 'archives/backups',
    hostRoot: { source: '/etc', folder: 'etc' }, // without this line: the file system of /, with /boot
    transport: host === undefined ? localTransport() : sshTransport({ host }),
  }).run({ signal: stop.signal });
  for (const { name, pausedMs } of report.domains) console.log(`${name} was paused for ${pausedMs ?? 0} ms`);
  for (const { message } of report.problems) console.warn(message);
  if (!report.complete) console.warn('the target is not complete: an earlier run left a folder of it torn');
  process.exitCode = exitCodeOf(report);
} catch (error) {
  console.error(failureNotice(error)); // what is safe, and what to type
  process.exitCode = exitCodeOf(error);
}
