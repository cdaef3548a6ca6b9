import type { WithoutMethod } from '@quiesce/command';

/**
 * Subcommands without a method of their own, by the reason. {@link Zfs.run} runs them
 * all the same.
 */
export const zfsWithoutMethod: WithoutMethod = {
  notYet: `
    groupspace program project projectspace redact rewrite share unshare unzone upgrade userspace version wait zone
  `,
};

/**
 * Subcommands without a method of their own, by the reason. {@link PoolMethods.run} runs them
 * all the same.
 */
export const zpoolWithoutMethod: WithoutMethod = {
  notYet: `
    ddtprune get prefetch set version
  `,
};
