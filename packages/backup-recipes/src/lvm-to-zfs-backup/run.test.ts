import { createCommand, localTransport, type Transport } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { lvmToZfsBackup } from './lvm-to-zfs-backup.js';
import { goodHost, reach, type FakeHost } from './preflight/testing/fake-host.js';
import { HookFailedError } from './hooks/hook-failed-error.js';
import { BackupFailedError } from './report/backup-failed-error.js';
import type { BackupReport } from './report/report.js';

/** A host whose lock can be held, and which does nothing else that changes anything. */
function lockable(host: FakeHost): Transport {
  const scripted = reach(host);
  const hold = 'printf \'%s %s\\n\' "$1" "$EPOCHREALTIME"; exec cat >/dev/null';
  return {
    name: 'fake',
    start: (command, options) => {
      if (!command.args.includes('--conflict-exit-code')) return scripted.start(command, options);
      const token = command.args.at(-1) ?? '';
      return localTransport().start(createCommand('bash', ['-c', hold, 'bash', token], { stop: 'kill' }), options);
    },
  };
}

async function failing(transport: Transport): Promise<BackupReport> {
  const error: unknown = await lvmToZfsBackup({
    ...{ domains: [], volumes: ['/dev/SSD/images'], target: 'archives/backups' },
    ...{ hostRoot: false, reconcile: false, unlistedGuests: 'allow', transport },
  })
    .run()
    .catch((reason: unknown) => reason);
  if (!BackupFailedError.isInstance(error)) throw error;
  return error.report;
}

describe('a run', () => {
  it('tells what the preflight found worth a word', async () => {
    const host = goodHost();
    host.replies.set('zpool status', { exitCode: 1, stderr: 'internal error\n' });
    const { problems } = await failing(lockable(host));
    expect(problems[0]).toMatchObject({
      step: 'preflight',
      subject: 'archives',
      message: expect.stringContaining('the health of the pool archives is not known') as string,
      fatal: false,
    });
  });

  it.each(['before', 'after'] as const)('is not begun where the hook %s the preflight throws', async (when) => {
    const cause = new Error('the database does not answer');
    const fail = (): never => {
      throw cause;
    };
    let ended = false;
    const backup = lvmToZfsBackup({
      ...{ domains: [], volumes: ['/dev/SSD/images'], target: 'archives/backups', hostRoot: false },
      ...{ reconcile: false, unlistedGuests: 'allow', transport: lockable(goodHost()) },
      hooks: {
        [when]: { preflight: fail },
        after: { ...(when === 'after' && { preflight: fail }), end: () => void (ended = true) },
      },
    });
    const error: unknown = await backup.run().catch((reason: unknown) => reason);
    expect(HookFailedError.isInstance(error) && [error.hook, error.cause]).toEqual([`${when} preflight`, cause]);
    expect(ended).toBe(false);
  });

  it('tells its report to the hook of the end, and is none the worse for what that throws', async () => {
    let told: BackupReport | undefined;
    const error: unknown = await lvmToZfsBackup({
      ...{ domains: [], volumes: ['/dev/SSD/images'], target: 'archives/backups', hostRoot: false },
      ...{ reconcile: false, unlistedGuests: 'allow', transport: lockable(goodHost()) },
      hooks: {
        after: {
          end: ({ report }) => {
            told = report;
            throw new Error('no mail');
          },
        },
      },
    })
      .run()
      .catch((reason: unknown) => reason);
    if (!BackupFailedError.isInstance(error)) throw error;
    expect(told).toBe(error.report);
    expect(error.report.problems.at(-1)).toMatchObject({ subject: 'after end', fatal: false });
  });
});
