import { existsSync, readFileSync } from 'node:fs';

const fixtures = new URL('../src/__fixtures__/', import.meta.url);

/** The releases that `src/__fixtures__/record.sh` ran on. */
export const releases: readonly string[] = ['debian-12-rsync-3.2.7', 'debian-13-rsync-3.5.0'];

/** What one recorded command printed, byte for byte. */
export interface Recorded {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly exitCode: number;
}

function part(release: string, file: string): Buffer {
  const url = new URL(`${release}/${file}`, fixtures);
  // An empty one is not kept.
  return existsSync(url) ? readFileSync(url) : Buffer.alloc(0);
}

/** Reads a recorded command by its name in `record.sh`. */
export function recorded(release: string, name: string): Recorded {
  const code = new RegExp(`^${name} (\\d+)$`, 'm').exec(part(release, 'exit-codes').toString())?.[1];
  if (code === undefined) throw new Error(`nothing is recorded of ${name} on ${release}`);
  return { stdout: part(release, `${name}.stdout`), stderr: part(release, `${name}.stderr`), exitCode: Number(code) };
}
