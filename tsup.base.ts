import path from 'node:path';
import type { Options } from 'tsup';
import { readImportGraph } from './scripts/file-circles.js';

/** The source files that the entries lead to, as tests and what only they use are not. */
function filesFrom(entries: readonly string[]): string[] {
  const graph = readImportGraph('src');
  const found = new Set(entries.map((entry) => path.relative('src', entry)));
  // A set is walked in the order of insertion, also over what is added meanwhile.
  for (const file of found) for (const imported of graph.get(file) ?? []) found.add(imported);
  return [...found].map((file) => `src/${file}`);
}

/**
 * How every package is built: ES modules with their types, one for each source file. What an
 * application does not use of a package its bundler leaves out, but only by whole modules: in one
 * file a table of errors or a schema is kept by the calls that make it.
 */
export function packageBuild(entry: Record<string, string>): Options {
  return {
    entry: filesFrom(Object.values(entry)),
    format: ['esm'],
    target: 'node20',
    bundle: false,
    // The build is as readable as its sources, and maps with these in them would be more than half
    // of a package.
    sourcemap: false,
    clean: true,
    // tsup passes options that TypeScript 6 calls deprecated.
    dts: { entry, compilerOptions: { ignoreDeprecations: '6.0' } },
  };
}
