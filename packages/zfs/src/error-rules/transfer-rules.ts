import { rule, ruleWith, type ExitErrorRule } from '@quiesce/command';
import { DatasetBusyError, DatasetExistsError, DatasetNotFoundError } from '../errors/dataset-errors.js';
import {
  DestinationModifiedError,
  EncryptionMismatchError,
  IncrementalSourceMissingError,
  ReceiveStateNotFoundError,
  ReceiveUnfinishedError,
  ResumeTokenInvalidError,
  StreamIncompleteError,
  StreamInvalidError,
} from '../errors/transfer-errors.js';
import { subject } from './parts-of-a-failure.js';

/** Failures of sending and receiving. zfs breaks its longer sentences into lines. */
export const transferRules: readonly ExitErrorRule[] = [
  rule(
    ResumeTokenInvalidError,
    /^cannot resume send: (?:resume token is corrupt|[^\n]*no longer (?:exists|the same snapshot)|Invalid (?:argument|cross-device link)$)/m,
    [],
  ),
  rule(IncrementalSourceMissingError, /cannot send '(?<dataset>[^'\n]+)': not an earlier snapshot from the same fs$/m, [
    'dataset',
  ]),
  ruleWith(
    IncrementalSourceMissingError,
    { stderr: /cannot send '(?<dataset>[^'\n]+)': No such process$/m },
    ({ dataset = '' }) => ({ dataset, reason: `cannot send '${dataset}': there is no such bookmark to begin at` }),
  ),
  rule(
    IncrementalSourceMissingError,
    /^cannot receive[^\n]*: most recent snapshot of (?<dataset>[^\n]+) does not\s+match incremental source/m,
    ['dataset'],
  ),
  rule(
    DestinationModifiedError,
    /^cannot receive[^\n]*: destination (?<dataset>[^\n]+) has been modified\s+since most recent snapshot/m,
    ['dataset'],
  ),
  rule(
    ReceiveUnfinishedError,
    /^cannot receive[^\n]*: destination (?<dataset>[^\n]+) contains partially-complete state/m,
    ['dataset'],
  ),
  rule(ReceiveStateNotFoundError, /^'(?<dataset>[^'\n]+)' does not have any resumable receive state to abort$/m, [
    'dataset',
  ]),
  rule(DatasetExistsError, /^cannot receive[^\n]*: destination '(?<dataset>[^'\n]+)' exists$/m, ['dataset']),
  // Those to which `rollback` makes no difference.
  rule(DatasetExistsError, /^cannot receive[^\n]*: destination has snapshots \(eg\. (?<dataset>[^@\n]+)@[^\n]*\)$/m, [
    'dataset',
  ]),
  rule(DatasetExistsError, /^cannot receive[^\n]*: destination '(?<dataset>[^'\n]+)' is a clone$/m, ['dataset']),
  ruleWith(DatasetBusyError, { stderr: /^cannot receive [^':\n]+: dataset is busy$/m }, (_, options) => ({
    dataset: subject(options),
  })),
  ruleWith(
    EncryptionMismatchError,
    {
      stderr:
        /^cannot receive [^':\n]+: (?:cannot perform raw receive on top of existing unencrypted dataset$|zfs receive -F cannot be used to destroy an encrypted filesystem |IV set guid mismatch)/m,
    },
    (_, options) => ({ dataset: subject(options) }),
  ),
  rule(DatasetNotFoundError, /^cannot receive[^\n]*: destination '(?<dataset>[^'\n]+)' does not exist$/m, ['dataset']),
  ruleWith(
    StreamIncompleteError,
    {
      stderr:
        /^cannot receive[^\n]*: (?:(?:checksum mismatch or )?incomplete stream|failed to read from stream|invalid stream \(checksum mismatch\))(?:[^]*zfs send -t (?<resumeToken>[0-9a-f-]+))?/m,
    },
    ({ resumeToken }) => ({ resumeToken }),
  ),
  // What zfs says of the rest of a stream of which more, or all, is there meanwhile.
  ruleWith(
    StreamInvalidError,
    {
      stderr:
        /^cannot receive resume stream: (?:kernel modules must be upgraded to receive this stream\.|Resuming recv on existing destination)/m,
    },
    () => ({ reason: 'cannot receive resume stream: it does not begin where what was kept ends' }),
  ),
  rule(StreamInvalidError, /^cannot receive[^\n]*: (?:invalid (?:backup )?stream|stream has unsupported feature)/m, []),
];
