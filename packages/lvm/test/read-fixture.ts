import { readFileSync } from 'node:fs';

/** Where the fixtures of the tests were recorded. */
export const releases: readonly string[] = ['debian-13-lvm-2.03.31', 'debian-12-lvm-2.03.16'];

/** What the real tool printed, for tests. */
export function readFixture(name: string, release: string): string {
  return readFileSync(new URL(`../src/__fixtures__/${name}.${release}.txt`, import.meta.url), 'utf8');
}
