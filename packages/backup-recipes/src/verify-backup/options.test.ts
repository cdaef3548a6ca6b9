import { describe, expect, it } from 'vitest';
import { PreflightError } from '../preflight-error.js';
import { resolveVerifyOptions, type VerifyBackupOptions } from './options.js';

const target = 'archives/backups';

describe('resolveVerifyOptions', () => {
  it('fills in the defaults', () => {
    expect(resolveVerifyOptions({ target })).toMatchObject({ target, backups: 'now', scrub: false });
    const backups = ['now', `${target}@daily.1`];
    expect(resolveVerifyOptions({ target, backups })).toMatchObject({ backups });
  });

  it.each([
    [{ target: '/archives' }, 'target "/archives": not the name of a ZFS dataset'],
    [{ backups: [] }, 'backups "[]": empty'],
    [{ backups: ['tank@daily.1'] }, `backups[0] "tank@daily.1": neither 'now' nor a snapshot of the target`],
    [{ backups: 'newest' }, 'backups "newest"'],
    [{ scrub: 'yes' }, 'scrub "yes"'],
    [{ limits: { verifyMs: 1 } }, 'limits.verifyMs "1": not milliseconds'],
    [{ full: true }, 'full'],
  ])('refuses %j', (options, problem) => {
    const given = { target, ...options } as VerifyBackupOptions;
    expect(() => resolveVerifyOptions(given)).toThrow(PreflightError);
    expect(() => resolveVerifyOptions(given)).toThrow(problem);
  });
});
