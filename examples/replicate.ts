// Sends a snapshot to another host: npx tsx replicate.ts tank/vm@monday backup/vm, and the next day
// what changed since: npx tsx replicate.ts tank/vm@tuesday backup/vm @monday. Interrupted, by
// whatever it was, it is run again with the same words and goes on from where it was. (Node 22.18
// and later run it without tsx.) QUIESCE_FROM and QUIESCE_TO name the hosts, in place of this one;
// it logs in as ssh does: as root, or wrap sshTransport in sudo(…). QUIESCE_LIMIT is the most
// bytes in a second.
import process from 'node:process';
import { localTransport, sshTransport } from '@quiesce/command';
import { createZfs, sendReceive, type Zfs } from '@quiesce/zfs';

const [snapshot, dataset, incrementalFrom] = process.argv.slice(2);
if (snapshot === undefined || dataset === undefined) throw new Error('say which snapshot, and where it goes');
const clientOf = (host: string | undefined): Zfs =>
  createZfs({ transport: host === undefined ? localTransport() : sshTransport({ host }) });
const source = clientOf(process.env['QUIESCE_FROM']);
const target = clientOf(process.env['QUIESCE_TO']);
const limit = process.env['QUIESCE_LIMIT'];

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort(new Error(name)));
const done = await sendReceive({
  // Blocks go as they are on disk, and what is encrypted stays so: the other host needs no key.
  from: { zfs: source, snapshot, raw: true, ...(incrementalFrom !== undefined && { incrementalFrom }) },
  to: { zfs: target, dataset, mount: false },
  ...(limit !== undefined && { maximumBytesPerSecond: Number(limit) }),
  onProgress: (now) => console.log(`${now.sentBytes} of about ${now.estimatedBytes ?? '?'} bytes`),
  signal: stop.signal,
});
const how = done.resumed ? ', the rest of an earlier run' : '';
console.log(`${done.snapshot} is there: ${done.sentBytes} bytes${how}`);
