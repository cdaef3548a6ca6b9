import type { Options } from 'tsup';

/**
 * How every package is built: ES modules with their types, and nothing bundled that is a
 * dependency.
 */
export function packageBuild(entry: Record<string, string>): Options {
  return {
    entry,
    format: ['esm'],
    target: 'node20',
    // The build is as readable as its sources, and maps with these in them would be more than half
    // of a package.
    sourcemap: false,
    clean: true,
    skipNodeModulesBundle: true,
    // tsup passes options that TypeScript 6 calls deprecated.
    dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
  };
}
