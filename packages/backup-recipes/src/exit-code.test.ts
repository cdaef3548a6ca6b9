import { AbortedError, createCommand, InvalidArgumentError, TransportError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { exitCodeOf } from './exit-code.js';
import { HostBusyError } from './host-busy-error.js';
import { BackupFailedError } from './lvm-to-zfs-backup/report/backup-failed-error.js';
import { PreflightError } from './preflight-error.js';
import { failedRun, goodRun } from './report-formats/testing/reports.js';

describe('exitCodeOf', () => {
  it.each([
    ['nothing', undefined, 0],
    ['a good report', goodRun, 0],
    ['an incomplete one', { ...goodRun, complete: false }, 3],
    ['the report of a failure', failedRun, 1],
    ['a failure', new BackupFailedError(failedRun), 1],
    ['an aborted run', new BackupFailedError({ ...failedRun, outcome: 'aborted' }), 130],
    ['an abort', new AbortedError({ command: createCommand('true', []), stillRunning: false }), 130],
    ['an abort of Node', new DOMException('no', 'AbortError'), 130],
    ['a busy host', new HostBusyError(undefined), 75],
    ['options', new PreflightError([]), 2],
    ['an argument', new InvalidArgumentError({ argument: 'a', value: 1, expected: 'b' }), 2],
    ['a lost link', new TransportError('no', { started: false }), 1],
    ['any error', new TypeError('no'), 1],
    ['a string', 'no', 1],
    ['null', null, 1],
  ])('of %s is as documented', (_, value, code) => {
    expect(exitCodeOf(value)).toBe(code);
  });
});
