import { rule, ruleWith, type ExitErrorRule } from '@quiesce/command';
import { HoldExistsError, HoldNotFoundError, NewerSnapshotsError } from '../errors/snapshot-errors.js';
import { listed } from './parts-of-a-failure.js';

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
  rule(HoldExistsError, /^cannot hold snapshot '(?<snapshot>[^'\n]+)': tag already exists on this dataset$/m, [
    'snapshot',
  ]),
  rule(HoldNotFoundError, /^cannot release hold from snapshot '(?<snapshot>[^'\n]+)': no such tag on this dataset$/m, [
    'snapshot',
  ]),
];
