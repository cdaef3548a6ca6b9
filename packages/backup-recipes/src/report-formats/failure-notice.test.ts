import { AbortedError, createCommand, TransportError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { HostBusyError } from '../host-busy-error.js';
import { BackupFailedError } from '../lvm-to-zfs-backup/report/backup-failed-error.js';
import { PreflightError } from '../preflight-error.js';
import { failureNotice } from './failure-notice.js';
import { failedRun, goodRun, hostileRun } from './testing/reports.js';

describe('failureNotice', () => {
  it('tells what happened, what is safe and what to type', () => {
    expect(failureNotice(new BackupFailedError(failedRun))).toMatchInlineSnapshot(`
      "FAILED: backup failed (archives/backups, run 1795693551-b56145a9, begun
      2026-11-26 11:45:51 UTC, for 31.0 s)

      What happened
        - verify /dev/SSD/images: the copy is not what was frozen, 4 names differ:
          lost+found, README, README.again, MySQL.img; run once with copy: {
          extraArguments: ['--checksum'] }, which reads all of both
        - copy /dev/SSD/images: its snapshot /dev/SSD/images.1795693551 filled up, so
          the copy is not what the volume held: run again with more snapshotSizeBytes
        - unmount /dev/SSD/images: /run/backup/1795693551-b56145a9/SSD.images was
          unmounted by someone else, so what was copied may not be whole: see the
          kernel's log for a device that failed, and run again

      What is safe
        - Every guest that was paused was seen running again: Server-Tim (paused for
          1.6 s), MySQL (paused for 1.6 s).
        - archives/backups is NOT complete. Whole: /dev/raid5/VM.images. Not known to
          be whole: /dev/SSD/images.
        - archives/backups@daily.1795693551 holds run 1795693518-5261a35a of
          2026-11-26 11:45:18 UTC, which was whole: it can be restored from.

      What to type
        # what can be restored
        zfs get -r -t filesystem,snapshot -o name,property,value quiesce:run,quiesce:state archives/backups
        # Then run the backup again. It first undoes what is left over.
      "
    `);
  });

  it('says the same of an error and of its report', () => {
    expect(failureNotice(failedRun)).toBe(failureNotice(new BackupFailedError(failedRun)));
  });

  it('begins with a guest that was not seen running', () => {
    const [tim, mysql] = failedRun.domains;
    if (tim === undefined || mysql === undefined) throw new Error('no guests');
    const domains = [tim, { ...mysql, suspended: true, runningAfter: false, pausedMs: undefined }];
    const leftovers = [{ kind: 'domain', name: 'MySQL', remedy: 'virsh resume --domain=MySQL' }] as const;
    const notice = failureNotice({ ...failedRun, domains, leftovers });
    expect(notice).toContain('What is safe\n  - NOT SEEN RUNNING after the pause: MySQL. Look at that first.');
    expect(notice).toContain('What to type\n  # how MySQL is now\n  virsh');
    expect(notice).toContain('\n  # domain MySQL is left over\n  virsh resume --domain=MySQL\n');
  });

  it('names the earlier run that can be restored', () => {
    const holdsRun = '1364083186-0a0b0c0d';
    const of = (holdsCompleteRun: boolean, made: boolean): string =>
      failureNotice({
        ...failedRun,
        zfsSnapshot: { ...failedRun.zfsSnapshot, made, holdsRun, holdsCompleteRun },
      }).replaceAll(/\s+/g, ' ');
    const { name } = failedRun.zfsSnapshot;
    expect(of(true, true)).toContain(`${name} holds run ${holdsRun} of 2013-03-23 23:59:46 UTC, which was whole`);
    expect(of(false, true)).toContain('which was NOT whole: look for an older snapshot');
    expect(of(true, false)).toContain(`${failedRun.target} holds run ${holdsRun}`);
  });

  it('has nothing to type after a good run', () => {
    expect(failureNotice(goodRun)).toContain('Nothing went wrong.');
    expect(failureNotice(goodRun)).not.toContain('What to type');
  });

  it.each([
    [new HostBusyError(undefined), /^BUSY: /, 'This run touched nothing'],
    [
      new PreflightError([{ option: 'target', value: 'x', problem: 'not mounted' }]),
      /^FAILED: /,
      '- target "x": not mounted',
    ],
    [new TransportError('no route', { started: false }), /^FAILED: the host/, 'resumed by the host itself'],
    [new AbortedError({ command: createCommand('true', []), stillRunning: false }), /^ABORTED: /, 'virsh list --all'],
    [new TypeError('oops'), /^FAILED: there is no report/, '- oops'],
    ['a string', /^FAILED: there is no report/, '- a string'],
  ])('knows %s', (error, headline, part) => {
    const notice = failureNotice(error);
    expect(notice).toMatch(headline);
    expect(notice).toContain(part);
  });

  it('tells of a verification what is whole, and of which host', () => {
    const folder = { runId: failedRun.runId, files: 1, bytes: 8 };
    const whole = { ...folder, folder: 'raid5.VM.images', outcome: 'whole', differences: 0, different: [] };
    const torn = { ...folder, folder: 'SSD.images', outcome: 'damaged', differences: 1, different: ['MySQL.img'] };
    const report = {
      ...{ recipe: 'verifyBackup', version: 1, outcome: 'failed', target: failedRun.target, steps: [] },
      ...{ startedAt: failedRun.startedAt, endedAt: failedRun.endedAt, durationMs: 10_000, pool: { name: 'archives' } },
      problems: [
        { ...failedRun.problems[0], step: 'verify', subject: 'SSD.images', message: '1 name differs: MySQL.img' },
      ],
      backups: [{ snapshot: undefined, outcome: 'damaged', folders: [whole, torn] }],
    };
    expect(failureNotice(report, { host: 'hv1' })).toMatchInlineSnapshot(`
      "hv1: FAILED: verifyBackup: failed (archives/backups, begun 2026-11-26 11:45:51
      UTC, for 10.0 s)

      What happened
        - verify SSD.images: 1 name differs: MySQL.img

      What is safe
        - Guests and copies are as they were: it only reads.
        - Found whole, to be restored from: raid5.VM.images (now).

      What to type
        zpool status -v archives
      "
    `);
  });

  it('tells of a restore what is as before, and of a boot test what it was started from', () => {
    const common = {
      ...{ version: 1, outcome: 'failed', target: failedRun.target, runId: failedRun.runId, steps: [], problems: [] },
      ...{ startedAt: failedRun.startedAt, endedAt: failedRun.endedAt, durationMs: 10_000, leftovers: [] },
    };
    const files = [
      { to: '/srv/MySQL.img', outcome: 'kept' },
      { to: '/srv/Tim.img', outcome: 'restored' },
    ];
    const restore = failureNotice({ ...common, recipe: 'restoreImages', files });
    expect(restore).toContain('As before: /srv/MySQL.img.');
    expect(restore).toContain('Restored and compared: /srv/Tim.img.');
    const images = [{ folder: 'SSD.images', file: 'MySQL.img' }];
    const boot = failureNotice({ ...common, recipe: 'bootTest', guest: 'MySQL', images, console: ['a', 'b: panic'] });
    expect(boot).toContain('MySQL itself was not touched: a throw-away was started from');
    expect(boot).toContain('It printed last: a | b: panic');
  });

  it('tells of what else comes after a backup what is safe, and what to do', () => {
    const { durationMs, endedAt, startedAt, target } = failedRun;
    const common = { version: 1, outcome: 'failed', target, startedAt, endedAt, durationMs, steps: [], problems: [] };
    const newest = { snapshot: 'offsite/backups@daily.1364083186' };
    const replication = { ...common, recipe: 'replicate', copy: 'offsite/backups', newest, held: [], givenUp: [] };
    const replicated = failureNotice(replication);
    expect(failureNotice({ ...replication, givenUp: ['offsite/backups@x'] })).toContain('rollback allows');
    expect(replicated).toContain('offsite/backups has at least what it had. It has all up to\n');
    expect(replicated).toContain('# Run it again with the same options');
    const snapshots = [{ outcome: 'destroyed' }, { outcome: 'left' }, { outcome: 'kept' }];
    expect(failureNotice({ ...common, recipe: 'pruneSnapshots', snapshots })).toContain('Destroyed: 1, all of');
    const made = failureNotice({
      ...{ ...common, recipe: 'createBackupTarget', made: ['archives'] },
      differences: [{ canBeMended: true }],
    });
    expect(made).toContain('Made, and still there: archives.');
    expect(made).toContain('mend: true');
    expect(failureNotice({ ...common, recipe: 'reconcile', left: [] })).toContain('Only what earlier runs had left');
  });

  it('makes visible what would steer the terminal', () => {
    expect(failureNotice(hostileRun)).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f\u202e]/);
  });
});
