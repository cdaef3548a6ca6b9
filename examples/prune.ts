// Destroys snapshots of a backup that are no longer wanted: npx tsx prune.ts tells which, and
// npx tsx prune.ts --yes does it. As root on the hypervisor. (Node 22.18 and later run it without
// tsx.) From afar: QUIESCE_HOST=hypervisor.example.org; it logs in as root, or wrap sshTransport in
// sudo(…).
import process from 'node:process';
import { formatBytes, pruneSnapshots, pruneToText } from '@quiesce/backup-recipes';
import { localTransport, sshTransport } from '@quiesce/command';

const target = process.env['QUIESCE_TARGET'] ?? 'archives/backups';
const keep = { daily: 7, weekly: 5, monthly: 12, yearly: 10 };
const timeZone = 'Europe/Berlin';

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort(new Error(name)));
const { signal } = stop;
const host = process.env['QUIESCE_HOST'];
const transport = host === undefined ? localTransport() : sshTransport({ host });

const prune = pruneSnapshots({ target, keep, timeZone, transport });
const plan = await prune.plan({ signal });
console.log(pruneToText(plan));
if (plan.destroy.length === 0) console.log('nothing is to go');
else if (!process.argv.includes('--yes')) console.log('to destroy what goes, run it again with --yes');
else {
  const { freedBytes, snapshots } = await prune.run({ signal });
  const gone = snapshots.filter(({ outcome }) => outcome === 'destroyed');
  console.log(`${gone.length} destroyed, ${formatBytes(freedBytes)} are free`);
}
