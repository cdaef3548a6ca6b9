import type { WithoutMethod } from '@quiesce/command';

/**
 * Subcommands without a method of their own, by the reason. {@link Zfs.run} runs them
 * all the same.
 */
export const zfsWithoutMethod: WithoutMethod = {
  notYet: `
    bookmark diff groupspace program project projectspace
    receive redact rewrite send share unshare unzone upgrade userspace version wait zone
  `,
};

/**
 * Subcommands without a method of their own, by the reason. {@link PoolMethods.run} runs them
 * all the same.
 */
export const zpoolWithoutMethod: WithoutMethod = {
  notYet: `
    add attach checkpoint clear create ddtprune destroy detach events export get history import
    initialize iostat labelclear offline online prefetch reguid remove reopen replace resilver
    scrub set split sync trim upgrade version wait
  `,
};
