import { createCommand, run, type Transport } from '@quiesce/command';
import type { Release } from '../release.js';

const debianNumbers: Readonly<Record<Release, number>> = { trixie: 13, bookworm: 12 };

/** Where the fixtures of a release are: `debian-13-zfs-2.3.9`. */
export async function fixtureRelease(client: string, release: Release, transport: Transport): Promise<string> {
  const args = [client === 'virsh' || client === 'rsync' ? '--version' : 'version'];
  const { stdout } = await run(transport, createCommand(client, args, { effect: 'read' }));
  return `${fixtureReleasePrefix(client, release)}${toolVersion(stdout)}`;
}

/** What the fixtures of a client and a Debian release begin with, whatever the tool's version. */
export function fixtureReleasePrefix(client: string, release: Release): string {
  return `debian-${debianNumbers[release]}-${client}-`;
}

/** The first version in what a tool says of itself. */
export function toolVersion(said: string): string {
  const version = /\d+\.\d+\.\d+/.exec(said)?.[0];
  if (version === undefined) throw new Error(`There is no version in ${JSON.stringify(said)}.`);
  return version;
}
