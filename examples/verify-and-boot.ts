// Proves a backup: compares it with the checksums of what was frozen, then starts a guest from it
// as a throw-away and waits for a sign of it. As root on the hypervisor: npx tsx verify-and-boot.ts
// (Node 22.18 and later run it without tsx.) From afar: QUIESCE_HOST=hypervisor.example.org; it
// logs in as root, or wrap sshTransport in sudo(…).
import process from 'node:process';
import { bootTest, formatBytes, formatDuration, verifyBackup } from '@quiesce/backup-recipes';
import { localTransport, sshTransport } from '@quiesce/command';

const guest = process.env['QUIESCE_GUEST'] ?? 'MySQL';
const target = process.env['QUIESCE_TARGET'] ?? 'archives/backups';
// What it prints on its serial console when all is well.
const sign = { console: process.env['QUIESCE_SIGN'] ?? 'login:' };

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort(new Error(name)));
const { signal } = stop;
const host = process.env['QUIESCE_HOST'];
const transport = host === undefined ? localTransport() : sshTransport({ host });

const { backups } = await verifyBackup({ target, transport }).run({ signal });
for (const { bytes, files, folder, outcome } of backups.flatMap((backup) => backup.folders)) {
  console.log(`${folder}: ${outcome}, ${files} files of ${formatBytes(bytes)}`);
}
// Damage is an error, and so is a guest that does not start: its report has what it printed.
const { leftOut, signMs } = await bootTest({ target, guest, sign, backup: 'now', transport }).run({ signal });
const without = leftOut.length === 0 ? '' : `, without ${leftOut.join(', ')}`;
console.log(`${guest} started in ${formatDuration(signMs ?? 0)}${without}`);
