import { createCommand, localTransport, type Transport } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { lvmToZfsBackup } from './lvm-to-zfs-backup.js';
import { goodHost, reach, type FakeHost } from './preflight/testing/fake-host.js';
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
});
