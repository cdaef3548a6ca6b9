import { rule, ruleWith, type ExitErrorOptions, type ExitErrorRule } from '@quiesce/command';
import { DatasetNotFoundError } from '../errors/dataset-errors.js';
import { NotMountedError } from '../errors/mount-errors.js';
import {
  HoldExistsError,
  HoldNotFoundError,
  NewerSnapshotsError,
  NotEarlierSnapshotError,
  SnapshotHeldError,
} from '../errors/snapshot-errors.js';
import { listed, subject } from './parts-of-a-failure.js';

/** The two that zfs diff compares. */
const compared = ({ command }: ExitErrorOptions): readonly string[] => command.args.slice(-2);

/** Failures over snapshots and their holds. */
export const snapshotRules: readonly ExitErrorRule[] = [
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
  // In newer releases: "it's being held. Run 'zfs holds -r …' to see holders."
  ruleWith(
    SnapshotHeldError,
    { stderr: /^cannot destroy snapshot (?<snapshot>[^'\n]+): (?:dataset is busy|it's being held)/m },
    ({ snapshot = '' }) => ({ snapshot, dataset: snapshot }),
  ),
  // What rollback says of a newer one.
  ruleWith(
    SnapshotHeldError,
    { stderr: /^cannot destroy '(?<snapshot>[^'\n]+@[^'\n]+)': dataset is busy$/m },
    ({ snapshot = '' }) => ({ snapshot, dataset: snapshot }),
  ),
  rule(HoldExistsError, /^cannot hold snapshot '(?<snapshot>[^'\n]+)': tag already exists on this dataset$/m, [
    'snapshot',
  ]),
  rule(HoldNotFoundError, /^cannot release hold from snapshot '(?<snapshot>[^'\n]+)': no such tag on this dataset$/m, [
    'snapshot',
  ]),
  ruleWith(NotEarlierSnapshotError, { stderr: /Not an earlier snapshot from the same fs/ }, (_, options) => {
    const [snapshot = '', other = ''] = compared(options);
    return { snapshot, other, reason: 'not an earlier snapshot of the same file system' };
  }),
  // zfs does not tell which of the two.
  ruleWith(DatasetNotFoundError, { stderr: /^Unable to obtain diffs: No such file/m }, (_, options) => {
    const dataset = compared(options)
      .filter((name) => name.includes('@'))
      .join(' or ');
    return { dataset, reason: `no such snapshot: ${dataset}` };
  }),
  ruleWith(NotMountedError, { stderr: /^Cannot diff an unmounted snapshot/m }, (_, options) => ({
    dataset: subject(options).replace(/@.*/, ''),
  })),
];
