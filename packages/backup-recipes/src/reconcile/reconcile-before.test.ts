import { TransportError } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { PreflightError } from '../preflight-error.js';
import { Journal } from '../journal.js';
import { resolveOptions, type ResolvedOptions } from '../lvm-to-zfs-backup/options/resolve-options.js';
import type { ProgressEvent } from '../lvm-to-zfs-backup/report/events.js';
import type { BackupStep } from '../lvm-to-zfs-backup/report/report.js';
import type { BackupJournal } from '../lvm-to-zfs-backup/run-state.js';
import { reconcileBefore } from './reconcile-before.js';
import { cleanHost, reach, type FakeHost } from './testing/fake-host.js';

const dead = '1364083186-0a0b0c0d';
const own = '1364083286-00000001';

function optionsFor(host: FakeHost, reconcile?: boolean): ResolvedOptions {
  return resolveOptions({
    ...{ domains: ['MySQL'], volumes: ['/dev/SSD/images'], target: 'archives/backups', transport: reach(host) },
    ...(reconcile === undefined ? {} : { reconcile }),
  });
}

/** A host that holds what a run has left, and whose lock is held by the run that begins. */
function hostToReconcile(): FakeHost {
  const host = cleanHost();
  host.liveRun = own;
  const uuid = '00000000-0000-0000-0000-000000000002';
  host.domains.push({ name: 'MySQL', uuid, state: 'paused', mark: dead });
  host.volumes.set('/dev/SSD/images.1', { runId: dead, isSnapshot: true });
  return host;
}

async function before(host: FakeHost, reconcile?: boolean): Promise<BackupJournal> {
  const journal: BackupJournal = new Journal<BackupStep, ProgressEvent>('preflight', undefined);
  await reconcileBefore(optionsFor(host, reconcile), journal, new AbortController().signal);
  return journal;
}

const said = ({ problems }: BackupJournal): unknown[] =>
  problems.map(({ step, subject, message, fatal }) => [step, subject, message, fatal]);

describe('reconcileBefore', () => {
  it('undoes what is left as one step of the run, and says so', async () => {
    const host = hostToReconcile();
    const journal = await before(host);
    expect(host.domains[1]).toMatchObject({ state: 'running', mark: undefined });
    expect(host.volumes.size).toBe(0);
    expect(journal.steps.map(({ step, subject, state }) => [step, subject, state])).toEqual([
      ['reconcile', `2 things of run ${dead}`, 'finished'],
    ]);
    const what = `run ${dead} left the paused guest MySQL, the snapshot /dev/SSD/images.1: undone`;
    expect(said(journal)).toEqual([['reconcile', dead, what, false]]);
  });

  it('says nothing where nothing is left', async () => {
    const journal = await before(cleanHost());
    expect([journal.steps, journal.problems]).toEqual([[], []]);
  });

  it('does nothing where it is turned off', async () => {
    const host = hostToReconcile();
    const journal = await before(host, false);
    expect([journal.steps, journal.problems]).toEqual([[], []]);
    expect(host.domains[1]?.state).toBe('paused');
  });

  it('lets the run go on with what can not be undone or looked at', async () => {
    const host = hostToReconcile();
    host.replies.set('lvremove', { exitCode: 5, stderr: '  Failed\n' });
    host.replies.set('systemctl', { exitCode: 1, stderr: 'Failed to connect to bus\n' });
    const journal = await before(host);
    expect(journal.steps.map(({ state }) => state)).toEqual(['failed']);
    expect(journal.failed).toBe(false);
    expect(said(journal)).toEqual([
      ['reconcile', 'systemd', expect.stringContaining('Failed to connect to bus'), false],
      ['reconcile', dead, `run ${dead} left the paused guest MySQL: undone`, false],
      [
        'reconcile',
        '/dev/SSD/images.1',
        expect.stringMatching(/could not be undone: Failed .*; try: .*lvremove/),
        false,
      ],
    ]);
  });

  it('does not let the run begin while an earlier one goes on copying', async () => {
    const host = hostToReconcile();
    const unit = `quiesce-copy-${dead}-0.scope`;
    host.units.set(unit, 'active');
    host.replies.set(`systemctl stop -- ${unit}`, { exitCode: 1, stderr: 'Job timed out\n' });
    const error: unknown = await before(host).catch((reason: unknown) => reason);
    if (!PreflightError.isInstance(error)) throw new Error('it was not refused', { cause: error });
    expect(error.problems.map(({ option, value }) => [option, value])).toEqual([['reconcile', unit]]);
    expect(error.message).toContain('Job timed out');
    expect(host.domains[1]?.state).toBe('running');
  });

  it('throws what the transport throws', async () => {
    const host = hostToReconcile();
    host.replies.set('lvs', { error: new TransportError('lost', { started: true }) });
    await expect(before(host)).rejects.toSatisfy((error) => TransportError.isInstance(error));
  });
});
