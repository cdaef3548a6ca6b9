import { defineConfig, type ViteUserConfigExport } from 'vitest/config';

const minutes = (count: number): number => count * 60_000;

// The packages' sources are tested, not their builds: nothing has to be built before a test. All
// else is what Node loads: what `module` names is for bundlers alone.
const conditions = ['@quiesce/source', 'node', 'development|production'];
// `__vitest__` is where vitest itself loads the global set-up.
const resolution = {
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  environments: { __vitest__: { resolve: { conditions } } },
};

const config: ViteUserConfigExport = defineConfig({
  test: {
    // The lab has to be stopped in it.
    teardownTimeout: minutes(1),
    projects: [
      {
        ...resolution,
        test: {
          name: 'unit',
          sequence: { groupOrder: 0 },
          include: ['{packages/*,lab,bench,demo}/src/**/*.test.ts', 'scripts/**/*.test.ts', 'examples/*.test.ts'],
          // Those that take long wait for time to pass, but not for a busy processor.
          maxWorkers: 2,
          testTimeout: minutes(0.5),
        },
      },
      {
        ...resolution,
        test: {
          name: 'e2e',
          // Last and alone: the lab's machine takes every core there is.
          sequence: { groupOrder: 2 },
          include: ['{packages/*,lab,bench,demo,examples}/test/e2e/**/*.test.ts'],
          globalSetup: ['lab/test/global-setup.ts'],
          fileParallelism: false,
          testTimeout: minutes(10),
          hookTimeout: minutes(10),
        },
      },
      {
        ...resolution,
        test: {
          name: 'consumer',
          sequence: { groupOrder: 1 },
          include: ['test-consumer/**/*.test.ts'],
          testTimeout: minutes(5),
          hookTimeout: minutes(10),
        },
      },
      {
        ...resolution,
        test: {
          name: 'site',
          sequence: { groupOrder: 1 },
          include: ['test-site/**/*.test.ts'],
          // One browser, and each of its pages keeps a core busy.
          fileParallelism: false,
          testTimeout: minutes(5),
          hookTimeout: minutes(1),
        },
      },
    ],
  },
});

export default config;
