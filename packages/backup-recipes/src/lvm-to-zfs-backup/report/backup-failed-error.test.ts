import { CommandError, ExitError, createCommand } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { Journal } from '../../journal.js';
import { BackupFailedError } from './backup-failed-error.js';
import type { BackupReport, BackupStep } from './report.js';

const report = { outcome: 'failed', runId: '1-abcdef01', problems: [] } as unknown as BackupReport;

describe('BackupFailedError', () => {
  it('keeps what the fatal problems were thrown as, the first as its cause', () => {
    const journal = new Journal<BackupStep>('copy', undefined);
    const failed = new ExitError({
      ...{ command: createCommand('rsync', []), exitCode: 23, signal: undefined, stdout: '', stderr: 'no' },
    });
    const later = new CommandError('busy');
    journal.problem('copy', '/dev/SSD/images', new CommandError('rsync warned'), false);
    journal.problem('copy', '/dev/SSD/images', failed);
    journal.problem('unmount', '/dev/SSD/images', later);
    const error = new BackupFailedError(report, journal.errors);
    expect(error.errors).toEqual([failed, later]);
    expect(error.cause).toBe(failed);
    expect(Object.keys(error)).not.toContain('errors');
  });
});
