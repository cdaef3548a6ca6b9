import { readFileSync } from 'node:fs';

/**
 * The recordings: real virsh with QEMU on both Debian releases, domains with quotes, blanks and é
 * in their names.
 */
export const releases = ['debian-12-virsh-9.0.0', 'debian-13-virsh-11.3.0'] as const;

/** What the real virsh printed. */
export function readFixture(release: string, name: string): string {
  return readFileSync(new URL(`../src/__fixtures__/${release}/${name}`, import.meta.url), 'utf8');
}
