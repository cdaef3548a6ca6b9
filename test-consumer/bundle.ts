import { build } from 'esbuild';

/**
 * Lets the parts of a bundle that are CommonJS have Node's own modules, as those that execa brings;
 * the README of `@quiesce/command` says so.
 */
export const requireBanner = `import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);`;

/** A bundle of an application. */
export interface Bundle {
  readonly bytes: number;
  readonly text: string;
  /** The packages of which there is something in it, with their bytes. */
  readonly packages: ReadonlyMap<string, number>;
}

/** Bundles code as an application of a project's folder would, minified for Node. */
export async function bundle(
  folder: string,
  contents: string,
  { external = [] }: { readonly external?: readonly string[] } = {},
): Promise<Bundle> {
  const { metafile, outputFiles } = await build({
    stdin: { contents, resolveDir: folder },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minify: true,
    banner: { js: requireBanner },
    external: [...external],
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const packages = new Map<string, number>();
  for (const { inputs } of Object.values(metafile.outputs))
    for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
      const name = /.*node_modules\/(?<name>(?:@[^/]+\/)?[^/]+)/.exec(file)?.groups?.['name'];
      if (name !== undefined && bytesInOutput > 0) packages.set(name, (packages.get(name) ?? 0) + bytesInOutput);
    }
  const text = outputFiles.map((file) => file.text).join('');
  return { bytes: Buffer.byteLength(text), text, packages };
}
