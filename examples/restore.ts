// Brings back a guest as it was before a day began, by UTC, to its place, as root on the
// hypervisor, with the guest off: QUIESCE_BEFORE=2026-10-26 npx tsx restore.ts tells what would
// come back, and with --yes it does it. 2026-10-26T12:00 takes that day's night too. Without a day
// it is 30 days ago. (Node 22.18 and later run it without tsx.) What is there is replaced when the
// new one is whole. From afar: QUIESCE_HOST=hypervisor.example.org; it logs in as root, or wrap
// sshTransport in sudo(…).
import process from 'node:process';
import { backupsToText, listBackups, restoreImages } from '@quiesce/backup-recipes';
import { localTransport, sshTransport } from '@quiesce/command';

const guest = process.env['QUIESCE_GUEST'] ?? 'MySQL';
const target = process.env['QUIESCE_TARGET'] ?? 'archives/backups';
const day = process.env['QUIESCE_BEFORE'];
const before = day === undefined ? new Date(Date.now() - 30 * 86_400_000) : new Date(day);

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort(new Error(name)));
const { signal } = stop;
const host = process.env['QUIESCE_HOST'];
const transport = host === undefined ? localTransport() : sshTransport({ host });

const list = await listBackups({ target, transport }).run({ signal });
console.log(backupsToText(list, { columns: process.stdout.columns }));

const restore = restoreImages({ target, restore: { guest }, backup: before, to: 'place', transport });
const plan = await restore.plan({ signal });
for (const { from, to } of plan.files)
  console.log(`${from} -> ${to}, of ${plan.at?.toISOString() ?? 'a time unknown'}`);
if (process.argv.includes('--yes')) {
  const { files, restoredRuns } = await restore.run({ signal });
  for (const { to, verifiedBy } of files) console.log(`${to} is back, compared with its ${verifiedBy ?? 'copy'}`);
  console.log(`of run ${restoredRuns.join(', ')}; now: virsh start ${guest}`);
} else console.log('run it again with --yes to replace what is there');
