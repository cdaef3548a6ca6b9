import type { WithoutMethod } from '@quiesce/command';

/**
 * Subcommands without a method of their own, by the reason. {@link Zfs.run} runs them
 * all the same.
 */
export const zfsWithoutMethod: WithoutMethod = {
  leftToRun: {
    program: 'runs a program of one’s own inside the kernel',
    project: 'lists files in lines that the name of a file can forge; `projectspace` tells sums',
    redact: 'makes bookmarks for streams that leave data out, a use of its own',
    rewrite: 'known from 2.3.4 on; writes the blocks of files anew',
    unzone: 'gives a file system back from a container; `zone` tells why',
    zone: 'gives a file system to a container by the path of a namespace of this moment',
  },
};

/**
 * Subcommands without a method of their own, by the reason. {@link PoolMethods.run} runs them
 * all the same.
 */
export const zpoolWithoutMethod: WithoutMethod = {
  leftToRun: {
    ddtprune: 'known from 2.3 on; forgets entries of a table that hardly anybody has',
    prefetch: 'known from 2.3 on; reads that table ahead',
    version: 'tells what `zfs version` tells',
  },
};
