import type { ExitErrorOptions, ExitErrorRule } from '@quiesce/command';
import {
  DatasetBusyError,
  DatasetExistsError,
  DatasetHasDependentsError,
  DatasetNotFoundError,
  DatasetNotMountedError,
  DatasetNotSharedError,
  InvalidPropertyError,
  DatasetOutOfSpaceError,
  PermissionDeniedError,
  PoolNotFoundError,
  PoolSuspendedError,
  ReadOnlyError,
} from './errors.js';

/** Lets the message be the line that says it: pages of usage or lists of names follow it, warnings go before it. */
function oneReason(options: ExitErrorOptions): ExitErrorOptions {
  // What sudo says by itself, as that it can't resolve the name of the host, is no reason either.
  const said = options.stderr.split('\n').filter((line) => !line.startsWith('sudo: '));
  return { ...options, reason: said.find((line) => line.startsWith('cannot ')) ?? said[0] };
}

/** What the command is about, where zfs does not name it: its last word. */
const subject = ({ command }: ExitErrorOptions): string => command.args.at(-1) ?? '';

const listed = (names: string): string[] => names.split('\n').filter((line) => line !== '' && !line.includes("'"));

/**
 * Which failures of zfs and zpool become which errors. The first rule that fits counts. Most of them are said as
 * `cannot <verb> '<name>': <reason>`.
 */
export const zfsErrors: readonly ExitErrorRule[] = [
  {
    // Before it zfs may say why, as `cannot mount '…': permission denied`.
    stderr: /^(?<reason>filesystem successfully created, but (?:not mounted|it may only be mounted by root))$/m,
    create: (options, { reason }) => new DatasetNotMountedError({ ...options, reason, dataset: subject(options) }),
  },
  {
    stderr: /^(?<reason>filesystem successfully created, but not shared)$/m,
    create: (options, { reason }) => new DatasetNotSharedError({ ...options, reason, dataset: subject(options) }),
  },
  {
    stderr: /^cannot [^'\n]*'(?<pool>[^'\n]+)': no such pool$/m,
    create: (options, { pool = '' }) => new PoolNotFoundError({ ...oneReason(options), pool }),
  },
  {
    stderr: /: no such pool '(?<pool>[^'\n]+)'/,
    create: (options, { pool = '' }) => new PoolNotFoundError({ ...oneReason(options), pool }),
  },
  {
    stderr:
      /^cannot destroy '(?<dataset>[^'\n]+)': \w+ has (?<what>children|dependent clones)\nuse '-[rR]' to destroy the following datasets:\n(?<names>[^]*)/m,
    create: (options, { dataset = '', what, names = '' }) =>
      new DatasetHasDependentsError({
        ...oneReason(options),
        dataset,
        kind: what === 'children' ? 'children' : 'clones',
        dependents: listed(names),
      }),
  },
  {
    stderr: /^cannot [^'\n]*'(?<dataset>[^'\n]+)': (?:pool or )?dataset is busy$/m,
    create: (options, { dataset = '' }) => new DatasetBusyError({ ...oneReason(options), dataset }),
  },
  {
    // A held snapshot. In newer releases: "it's being held. Run 'zfs holds -r …' to see holders."
    stderr: /^cannot destroy snapshot (?<dataset>[^'\n]+): (?:dataset is busy|it's being held)/m,
    create: (options, { dataset = '' }) => new DatasetBusyError({ ...oneReason(options), dataset }),
  },
  {
    stderr: /^cannot [^'\n]*'(?<dataset>[^'\n]+)': (?:(?:dataset|snapshot) does not exist|no such pool or dataset)$/m,
    create: (options, { dataset = '' }) => new DatasetNotFoundError({ ...oneReason(options), dataset }),
  },
  {
    stderr: /^cannot create '(?<dataset>[^'\n]+)\/[^'\n/]+': parent does not exist$/m,
    create: (options, { dataset = '' }) => new DatasetNotFoundError({ ...oneReason(options), dataset }),
  },
  {
    stderr: /^could not find any snapshots to destroy/m,
    create: (options) => new DatasetNotFoundError({ ...oneReason(options), dataset: subject(options) }),
  },
  {
    stderr: /^cannot [^'\n]*'(?<dataset>[^'\n]+)': dataset already exists$/m,
    create: (options, { dataset = '' }) => new DatasetExistsError({ ...oneReason(options), dataset }),
  },
  {
    stderr: /pool I\/O is currently suspended/,
    create: (options) => new PoolSuspendedError(oneReason(options)),
  },
  {
    stderr: /: permission denied$|must be run as root/im,
    create: (options) => new PermissionDeniedError(oneReason(options)),
  },
  {
    stderr: /: (?:out of space|size is greater than available space)$/m,
    create: (options) => new DatasetOutOfSpaceError(oneReason(options)),
  },
  {
    stderr: /: (?:pool|dataset) is read-only$/m,
    create: (options) => new ReadOnlyError(oneReason(options)),
  },
  {
    stderr: /(?:invalid property|property name) '(?<property>[^'\n]+)'/,
    create: (options, { property }) => new InvalidPropertyError({ ...oneReason(options), property }),
  },
  {
    stderr: /^cannot [^'\n]*'[^'\n]+': '(?<property>[^'\n]+)' /m,
    create: (options, { property }) => new InvalidPropertyError({ ...oneReason(options), property }),
  },
  {
    stderr: /: (?:property value too long|this property can not be modified|size is less than current)/,
    create: (options) => new InvalidPropertyError({ ...oneReason(options), property: undefined }),
  },
];
