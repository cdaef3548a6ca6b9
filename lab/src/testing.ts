import { createCommand, run, sshTransport, type SshOptions, type SshTransport } from '@quiesce/command';
import { afterAll, beforeAll, inject } from 'vitest';
import type { Lab } from './lab.js';
import { isRelease } from './release.js';
import { useLab } from './use-lab.js';

declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- vitest's way to type what the global set-up provides
  interface ProvidedContext extends LabContext {}
}

/** What the global set-up of the end-to-end tests hands to every test file. */
export interface LabContext {
  /** Name of the instance that the tests run in. */
  readonly labName: string;
  /** The Debian release inside. */
  readonly labRelease: string;
  /** How to reach it as root. */
  readonly labSsh: SshOptions;
}

const transports = new Map<string, SshTransport>();

const asNew = [
  // A copy that a test before tore would keep the target incomplete in this one.
  'rm -rf /archives/backups/* /archives/backups/.quiesce',
  'zfs inherit quiesce:run archives/backups; zfs inherit quiesce:state archives/backups',
  'virsh list --state-shutoff --name | sed "/^$/d" | while read -r name; do',
  '  virsh --quiet start "$name"',
  '  log="/var/log/libvirt/qemu/$name.console.log"',
  '  for attempt in $(seq 120); do grep -qs "guest: wrote record 3" "$log" && break; sleep 1; done',
  'done',
].join('\n');

// Each file begins with an empty target and with guests that run. Under emulation one resets itself
// now and then, which ends it: what is tested is not that.
beforeAll(async () => {
  await using transport = sshTransport(labSsh());
  await run(transport, createCommand('sh', ['-c', asNew], { effect: 'write', stop: 'kill' }));
});

// Of the file that imports this, after its own.
afterAll(async () => {
  for (const transport of transports.values()) await transport.close();
});

/** How to reach the lab of this test run. */
export function labSsh(user = 'root'): SshOptions {
  return { ...inject('labSsh'), user };
}

/**
 * The lab of this test run, as one of its users: `root`, `operator` (may use sudo for everything)
 * or `nosudo`. One connection for all tests of a file.
 */
export function labTransport(user = 'root'): SshTransport {
  const present = transports.get(user);
  if (present !== undefined) return present;
  const transport = sshTransport(labSsh(user));
  transports.set(user, transport);
  return transport;
}

/** Another lab of the same release beside the one of this test run, for what needs two hosts. */
export async function secondLab(): Promise<Lab> {
  const release = inject('labRelease');
  return useLab(isRelease(release) ? { release } : {}, 'QUIESCE_SECOND_LAB');
}
