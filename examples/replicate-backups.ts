// Brings a backup and its snapshots to another pool, of another host as well:
// npx tsx replicate-backups.ts. Interrupted, by whatever it was, it is run again and goes on from
// where it was. (Node 22.18 and later run it without tsx.) QUIESCE_HOST and QUIESCE_TO_HOST name
// the hosts, in place of this one; it logs in as root, or wrap sshTransport in sudo(…).
import process from 'node:process';
import { formatBytes, replicate } from '@quiesce/backup-recipes';
import { localTransport, sshTransport, type Transport } from '@quiesce/command';

const target = process.env['QUIESCE_TARGET'] ?? 'archives/backups';
const dataset = process.env['QUIESCE_TO'] ?? 'offsite/backups';
const maximumBytesPerSecond = 20_000_000;

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort(new Error(name)));
const reach = (host: string | undefined): Transport => (host === undefined ? localTransport() : sshTransport({ host }));
const transport = reach(process.env['QUIESCE_HOST']);
const to = { dataset, transport: reach(process.env['QUIESCE_TO_HOST']) };

const { newest, resumed, sent, sentBytes } = await replicate({ target, to, maximumBytesPerSecond, transport }).run({
  signal: stop.signal,
  onEvent: (event) => {
    if (event.type === 'progress') console.log(`${event.subject}: ${formatBytes(event.sentBytes)}`);
  },
});
for (const { complete, snapshot } of sent) console.log(`${snapshot}${complete === false ? ', incomplete' : ''}`);
console.log(`${formatBytes(sentBytes)} sent${resumed ? ', with the rest of an earlier run' : ''}`);
console.log(`the newest there is ${newest?.snapshot ?? 'not known'}`);
