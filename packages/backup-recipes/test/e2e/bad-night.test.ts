import { setTimeout as delay } from 'node:timers/promises';
import path from 'node:path';
import { createCommand, localTransport, type Transport } from '@quiesce/command';
import { findLab } from '@quiesce/lab';
import { labSsh, labTransport } from '@quiesce/lab/testing';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { BackupFailedError, lvmToZfsBackup } from '../../src/index.js';
import { cleanHost, documented, hostState, inLab } from './support.js';
import { isLvm, watched } from './watched.js';

/** The watchdog goes off five seconds after this. */
const maximumPauseMs = 3000;
const options = { ...documented, hostRoot: false, maximumPauseMs } as const;

const states = async (): Promise<string> => inLab('for guest in Server-Tim MySQL; do virsh domstate "$guest"; done');

/** Waits until both guests run. */
async function waitUntilRunning(): Promise<void> {
  const startedAt = performance.now();
  while (!/^running\s+running$/.test(await states())) {
    if (performance.now() - startedAt > 60_000) throw new Error(`a guest is left paused: ${await states()}`);
    await delay(500);
  }
}

describe('a guest does not stay paused', () => {
  afterEach(async () => {
    await waitUntilRunning();
    // What a dead run leaves is found by its tag, and its timer by its name.
    await inLab(
      [
        "systemctl stop 'quiesce-resume-*.timer'",
        'lvs --noheadings -o vg_name,lv_name,tags | awk \'/quiesce.run=/ {print $1"/"$2}\' | xargs -r lvremove -qq -y',
        'rmdir /run/backup/*/* /run/backup/* 2>/dev/null || true',
        'udevadm settle',
      ].join('\n'),
    );
    expect(await hostState()).toEqual(cleanHost);
  });

  it('when the process of the run is killed in the pause', async () => {
    const script = path.join(import.meta.dirname, 'run-to-be-killed.mts');
    const words = [
      '--conditions=@quiesce/source',
      '--import',
      'tsx',
      script,
      JSON.stringify({ ssh: labSsh(), options }),
    ];
    const repository = path.join(import.meta.dirname, '..', '..', '..', '..');
    const running = localTransport().start(createCommand(process.execPath, words, { cwd: repository, stop: 'kill' }));
    const pid = await running.pid;
    if (pid === undefined) throw new Error('it was not started');
    running.stdout.once('data', () => process.kill(pid, 'SIGKILL'));
    const result = await running.result;
    expect(result.signal).toBe('SIGKILL');

    expect(await states()).toMatch(/paused/);
    await waitUntilRunning();
  });

  it('when the link to the host is cut in the pause, and the run knows that its snapshots are worth nothing', async () => {
    const lab = await findLab(inject('labName'));
    if (lab === undefined) throw new Error('the lab is gone');
    let cut: Promise<void> | undefined;
    const transport = watched((command) => {
      if (cut !== undefined || !isLvm(command, 'lvconvert')) return;
      // Less than the 15 seconds after which ssh gives a connection up.
      cut = lab.setLink('down').then(async () => {
        await delay(maximumPauseMs + 8000);
        await lab.setLink('up');
      });
    }, labTransport());
    const error: unknown = await lvmToZfsBackup({ ...options, transport })
      .run()
      .catch((reason: unknown) => reason);
    await cut;
    if (!BackupFailedError.isInstance(error)) throw new Error(`it did not fail: ${String(error)}`, { cause: error });
    const { domains, leftovers, problems, runId, volumes } = error.report;
    expect(problems.map(({ message }) => message).join('\n')).toMatch(/could be paused no longer|no end after/);
    expect(await inLab(`journalctl --quiet --boot --unit=quiesce-resume-${runId}.service`)).toContain('Resumes guests');
    expect(domains.map(({ runningAfter }) => runningAfter)).toEqual([true, true]);
    expect(volumes.map(({ outcome, copy }) => [outcome, copy])).toEqual([
      ['failed', undefined],
      ['failed', undefined],
    ]);
    // What it could not find out it names.
    const left = (await hostState()).volumes.split('\n').filter((name) => !cleanHost.volumes.includes(name));
    expect(leftovers.map(({ name }) => name).filter((name) => name.startsWith('/dev/'))).toEqual(
      expect.arrayContaining(left.map((name) => `/dev/${name}`)),
    );
  });

  it('when libvirt hangs while it is told to pause, and does so once it was told to resume', async () => {
    const real = labTransport();
    const daemons = 'libvirtd|virtqemud';
    const script = [
      `pkill -STOP -x '${daemons}'`,
      `(sleep ${String(maximumPauseMs / 1000 + 3)}; pkill -CONT -x '${daemons}') </dev/null >/dev/null 2>&1 &`,
      'exec "$@"',
    ].join('\n');
    const transport: Transport = {
      name: real.name,
      start: (command, startOptions) => {
        const suspends = command.file === 'virsh' && (command.args[0] ?? '').includes('; suspend --domain=');
        const hanging = { ...command, file: 'sh', args: ['-c', script, 'sh', command.file, ...command.args] };
        return real.start(suspends ? hanging : command, startOptions);
      },
    };
    const error: unknown = await lvmToZfsBackup({ ...options, transport })
      .run()
      .catch((reason: unknown) => reason);
    if (!BackupFailedError.isInstance(error)) throw new Error(`it did not fail: ${String(error)}`, { cause: error });
    const { domains, leftovers, problems, volumes } = error.report;
    expect(problems.map(({ message }) => message).join('\n')).toContain('could be paused no longer');
    expect(domains.map(({ runningAfter }) => runningAfter)).toEqual([true, true]);
    expect(volumes.map(({ copy }) => copy)).toEqual([undefined, undefined]);
    expect(leftovers).toEqual([]);
    expect(await states()).toMatch(/^running\s+running$/);
  });
});
