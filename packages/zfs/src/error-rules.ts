import { rule, ruleWith, saying, type ExitErrorOptions, type ExitErrorRule } from '@quiesce/command';
import {
  AlreadyMountedError,
  DatasetBusyError,
  DatasetExistsError,
  DatasetHasDependentsError,
  DatasetNotFoundError,
  DatasetNotMountedError,
  DatasetNotSharedError,
  DatasetOutOfSpaceError,
  HoldExistsError,
  HoldNotFoundError,
  InvalidPropertyError,
  NewerSnapshotsError,
  NotACloneError,
  NotMountedError,
  PermissionDeniedError,
  PoolNotFoundError,
  PoolSuspendedError,
  ReadOnlyError,
  ZfsError,
} from './errors.js';

/** The line that says it: pages of usage or lists of names follow it, warnings go before it. */
function oneReason({ stderr }: ExitErrorOptions): string | undefined {
  // What sudo says by itself, as that it can't resolve the name of the host, is no reason either.
  const said = stderr.split('\n').filter((line) => !line.startsWith('sudo: '));
  return said.find((line) => line.startsWith('cannot ')) ?? said[0];
}

/** What the command is about, where zfs does not name it: its last word. */
const subject = ({ command }: ExitErrorOptions): string => command.args.at(-1) ?? '';

const listed = (names: string): string[] => names.split('\n').filter((line) => line !== '' && !line.includes("'"));

/**
 * Which failures of zfs and zpool become which errors. The first rule that fits counts. Most of
 * them are said as `cannot <verb> '<name>': <reason>`.
 */
export const zfsErrors: readonly ExitErrorRule[] = [
  ...saying(
    [
      ruleWith(
        DatasetNotMountedError,
        // Before it zfs may say why, as `cannot mount '…': permission denied`.
        {
          stderr: /^(?<reason>filesystem successfully created, but (?:not mounted|it may only be mounted by root))$/m,
        },
        ({ reason }, options) => ({ reason, dataset: subject(options) }),
      ),
      ruleWith(
        DatasetNotSharedError,
        { stderr: /^(?<reason>filesystem successfully created, but not shared)$/m },
        ({ reason }, options) => ({ reason, dataset: subject(options) }),
      ),
      rule(PoolNotFoundError, /^cannot [^'\n]*'(?<pool>[^'\n]+)': no such pool$/m, ['pool']),
      rule(PoolNotFoundError, /: no such pool '(?<pool>[^'\n]+)'/, ['pool']),
      ruleWith(
        DatasetHasDependentsError,
        {
          stderr:
            /^cannot destroy '(?<dataset>[^'\n]+)': \w+ has (?<what>children|dependent clones)\nuse '-[rR]' to destroy the following datasets:\n(?<names>[^]*)/m,
        },
        ({ dataset = '', names = '', what }) => {
          const kind: DatasetHasDependentsError['kind'] = what === 'children' ? 'children' : 'clones';
          return { dataset, kind, dependents: listed(names) };
        },
      ),
      ruleWith(
        NewerSnapshotsError,
        {
          stderr:
            /^cannot rollback to '(?<snapshot>[^'\n]+)': (?<what>more recent|clones of previous) snapshots[^\n]* exist\nuse '-[rR]' to force deletion of the following [^\n]*:\n(?<names>[^]*)/m,
        },
        ({ names = '', snapshot = '', what }) => {
          const kind: NewerSnapshotsError['kind'] = what === 'more recent' ? 'newer' : 'clones';
          return { snapshot, kind, names: listed(names) };
        },
      ),
      rule(NotACloneError, /^cannot promote '(?<dataset>[^'\n]+)': not a cloned filesystem$/m, ['dataset']),
      rule(AlreadyMountedError, /^cannot mount '(?<dataset>[^'\n]+)': filesystem already mounted$/m, ['dataset']),
      rule(NotMountedError, /^cannot unmount '(?<dataset>[^'\n]+)': not currently mounted$/m, ['dataset']),
      rule(DatasetBusyError, /^cannot [^'\n]*'(?<dataset>[^'\n]+)': (?:pool or )?dataset is busy$/m, ['dataset']),
      // A held snapshot. In newer releases: "it's being held. Run 'zfs holds -r …' to see holders."
      rule(DatasetBusyError, /^cannot destroy snapshot (?<dataset>[^'\n]+): (?:dataset is busy|it's being held)/m, [
        'dataset',
      ]),
      rule(
        DatasetNotFoundError,
        /^cannot [^'\n]*'(?<dataset>[^'\n]+)': (?:(?:dataset|snapshot) does not exist|no such pool or dataset)$/m,
        ['dataset'],
      ),
      rule(DatasetNotFoundError, /^cannot create '(?<dataset>[^'\n]+)\/[^'\n/]+': parent does not exist$/m, [
        'dataset',
      ]),
      ruleWith(DatasetNotFoundError, { stderr: /^could not find any snapshots to destroy/m }, (_, options) => ({
        dataset: subject(options),
      })),
      rule(DatasetExistsError, /^cannot [^'\n]*'(?<dataset>[^'\n]+)': dataset already exists$/m, ['dataset']),
      rule(HoldExistsError, /^cannot hold snapshot '(?<snapshot>[^'\n]+)': tag already exists on this dataset$/m, [
        'snapshot',
      ]),
      rule(
        HoldNotFoundError,
        /^cannot release hold from snapshot '(?<snapshot>[^'\n]+)': no such tag on this dataset$/m,
        ['snapshot'],
      ),
      rule(DatasetExistsError, /: conflicting snapshot '[^'\n]+' from parent '(?<dataset>[^'\n]+)'$/m, ['dataset']),
      rule(PoolSuspendedError, /pool I\/O is currently suspended/, []),
      rule(PermissionDeniedError, /: (?:permission denied|insufficient privileges)$|must be run as root/im, []),
      rule(DatasetOutOfSpaceError, /: (?:out of space|size is greater than available space)$/m, []),
      rule(ReadOnlyError, /: (?:pool|dataset) is read-only$/m, []),
      rule(InvalidPropertyError, /^(?<property>\w+) property is read-only$/m, ['property']),
      rule(InvalidPropertyError, /(?:invalid property|property name) '(?<property>[^'\n]+)'/, ['property']),
      rule(InvalidPropertyError, /^cannot [^'\n]*'[^'\n]+': '(?<property>[^'\n]+)' /m, ['property']),
      ruleWith(
        InvalidPropertyError,
        { stderr: /: (?:property value too long|this property can not be modified|size is less than current)/ },
        () => ({ property: undefined }),
      ),
      ruleWith(ZfsError, {}, () => ({})),
    ],
    oneReason,
  ),
];
