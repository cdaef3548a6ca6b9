import type { WithoutMethod } from '@quiesce/command';

/**
 * Options of rsync without a property, by the reason.
 * {@link RsyncOptions.extraArguments} takes them all the same, but for `--help` and `--quiet`.
 */
export const rsyncWithoutProperty: WithoutMethod = {
  forPeople: `
    --debug --help --no-motd --progress --quiet --stats --verbose
  `,
  leftToRun: {
    '--del': 'the same as `deleteDuring`',
    '--ignore-non-existing': 'the same as `existing`',
    '--no-i-r': 'the same as `incRecursive: false`',
    '--old-d': 'the same as `oldDirs`',
    '--stderr': 'messages are read where rsync writes them by itself',
  },
};

/**
 * Options that {@link Rsync.sync} gives rsync by itself: what it reads the output by, and how it
 * reaches other machines.
 */
export const rsyncOwnOptions: readonly string[] = [
  ...['--info', '--outbuf', '--8-bit-output', '--human-readable', '--out-format', '--itemize-changes'],
  ...['--rsh', '--port', '--old-args', '--secluded-args'],
  ...['--list-only', '--version'],
];
