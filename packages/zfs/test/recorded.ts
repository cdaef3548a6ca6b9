import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The releases that outputs were recorded on, with the exact bytes that the tools printed. */
export const releases = ['debian-13-zfs-2.3.9', 'debian-12-zfs-2.1.11'] as const;

/** A release of Debian with its release of OpenZFS. */
export type Release = (typeof releases)[number];

/** One command that was run for real. */
export interface Recorded {
  readonly args: readonly string[];
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const folder = fileURLToPath(new URL('../src/__fixtures__/', import.meta.url));

/** All that was recorded on a release, by name. */
export function allRecorded(release: Release): Readonly<Record<string, Recorded>> {
  return JSON.parse(readFileSync(`${folder}${release}.json`, 'utf8')) as Record<string, Recorded>;
}

/** One command that was recorded on a release. */
export function recorded(release: Release, name: string): Recorded {
  const found = allRecorded(release)[name];
  if (found === undefined) throw new Error(`${name} was not recorded on ${release}`);
  return found;
}
