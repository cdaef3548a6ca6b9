import { rule, ruleWith, type ExitErrorRule } from '@quiesce/command';
import {
  DatasetBusyError,
  DatasetExistsError,
  DatasetHasDependentsError,
  DatasetNotFoundError,
  DatasetOutOfSpaceError,
  NotACloneError,
  QuotaExceededError,
} from '../errors/dataset-errors.js';
import { listed, subject } from './parts-of-a-failure.js';

/** Failures over datasets and their names. */
export const datasetRules: readonly ExitErrorRule[] = [
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
  rule(NotACloneError, /^cannot promote '(?<dataset>[^'\n]+)': not a cloned filesystem$/m, ['dataset']),
  rule(DatasetBusyError, /^cannot [^'\n]*'(?<dataset>[^'\n]+)': (?:pool or )?dataset is busy$/m, ['dataset']),
  rule(
    DatasetNotFoundError,
    /^cannot [^'\n]*'(?<dataset>[^'\n]+)': (?:(?:dataset|snapshot) does not exist|no such pool or dataset)$/m,
    ['dataset'],
  ),
  rule(DatasetNotFoundError, /^cannot create '(?<dataset>[^'\n]+)\/[^'\n/]+': parent does not exist$/m, ['dataset']),
  rule(DatasetNotFoundError, /^bookmark '(?<dataset>[^'\n]+)' does not exist\.$/m, ['dataset']),
  ruleWith(DatasetNotFoundError, { stderr: /^could not find any snapshots to destroy/m }, (_, options) => ({
    dataset: subject(options),
  })),
  rule(DatasetExistsError, /^cannot [^'\n]*'(?<dataset>[^'\n]+)': (?:dataset already exists|bookmark exists)$/m, [
    'dataset',
  ]),
  rule(DatasetExistsError, /: conflicting snapshot '[^'\n]+' from parent '(?<dataset>[^'\n]+)'$/m, ['dataset']),
  rule(QuotaExceededError, /: destination (?<dataset>[^\n]+) space quota exceeded\.$/m, ['dataset']),
  rule(DatasetOutOfSpaceError, /: (?:out of space|size is greater than available space)$/m, []),
];
