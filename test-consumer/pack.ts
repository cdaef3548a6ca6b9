import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** The folder of the whole workspace. */
export const root: string = path.dirname(import.meta.dirname);

/** A package as its readers get it. */
export interface PackedPackage {
  readonly name: string;
  readonly tarball: string;
  /** The packed `package.json`. */
  readonly manifest: Readonly<Record<string, unknown>>;
  /** Paths in the tarball, without the leading `package/`. */
  readonly files: readonly string[];
}

/**
 * Runs a program and returns its standard output; a failure's message has all that the program
 * said.
 */
export async function output(file: string, args: readonly string[], cwd: string): Promise<string> {
  try {
    const { stdout } = await execute(file, [...args], { cwd, maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  } catch (cause) {
    const { stdout = '', stderr = '' } = cause as { stdout?: string; stderr?: string };
    throw new Error(`${file} ${args.join(' ')} failed\n${stdout}\n${stderr}`, { cause });
  }
}

async function readJson(file: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
}

async function packOne(folder: string, destination: string, pnpm: string): Promise<PackedPackage> {
  const packed = JSON.parse(
    await output('npx', ['-y', pnpm, 'pack', '--json', '--pack-destination', destination], folder),
  ) as { name: string; filename: string };
  const tarball = path.resolve(destination, path.basename(packed.filename));
  const [listing, manifest] = await Promise.all([
    output('tar', ['-tzf', tarball], destination),
    output('tar', ['-xzOf', tarball, 'package/package.json'], destination),
  ]);
  return {
    name: packed.name,
    tarball,
    manifest: JSON.parse(manifest) as Record<string, unknown>,
    files: listing
      .trim()
      .split('\n')
      .map((file) => file.replace(/^package\//, '')),
  };
}

/** Packs every package of `packages/` as it would be published. They have to be built. */
export async function packAll(destination: string): Promise<readonly PackedPackage[]> {
  const { packageManager } = await readJson(path.join(root, 'package.json'));
  const names = await readdir(path.join(root, 'packages'));
  const packed: PackedPackage[] = [];
  for (const name of names.sort()) {
    packed.push(await packOne(path.join(root, 'packages', name), destination, String(packageManager)));
  }
  return packed;
}
