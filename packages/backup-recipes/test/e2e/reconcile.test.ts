import { toShell } from '@quiesce/command';
import { labTransport } from '@quiesce/lab/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { takeHostLock } from '../../src/host-lock.js';
import { HostBusyError, lvmToZfsBackup, reconcile, ReconcileFailedError, type Finding } from '../../src/index.js';
import { markCommand, sincePlaceholder } from '../../src/pause-mark.js';
import { schemaProblems } from '../schema.js';
import { cleanHost, documented, hostState, inLab } from './support.js';

const dead = '1364083186-0a0b0c0d';
const live = '1364083286-00000001';
const onLab = (): ReturnType<typeof reconcile> => reconcile({ transport: labTransport() });

const mark = (domain: string): string =>
  toShell(markCommand({ domain, runId: dead })).replace(sincePlaceholder, '1364083186');

/** Leaves on the host what a run can leave that was killed. */
async function leaveThings(): Promise<void> {
  await inLab(
    [
      'set -e',
      mark('MySQL'),
      'virsh --quiet suspend MySQL',
      mark('Server-Tim'),
      `systemd-run --quiet --collect --unit=quiesce-pause-${dead} sleep 600`,
      `lvcreate -qq -y -Wn -Zn -L 32m --addtag quiesce.run=${dead} -n images.1 SSD`,
      `lvcreate -qq -y -s -L 32m --addtag quiesce.run=${dead} -n VM.images.1 raid5/VM.images`,
      `mkdir -p /run/backup/${dead}/SSD.images /run/backup/${dead}/raid5.VM.images /run/quiesce/${dead}`,
      `mount -o ro /dev/raid5/VM.images.1 /run/backup/${dead}/raid5.VM.images`,
    ].join('\n'),
  );
}

const everything = [
  ['unit', `quiesce-pause-${dead}.service`],
  ['domain', 'MySQL'],
  ['mark', 'Server-Tim'],
  ['mount', `/run/backup/${dead}/raid5.VM.images`],
  ['lvm-space', '/dev/SSD/images.1'],
  ['lvm-snapshot', '/dev/raid5/VM.images.1'],
  ['folder', `/run/backup/${dead}/SSD.images`],
  ['folder', `/run/backup/${dead}/raid5.VM.images`],
  ['folder', `/run/backup/${dead}`],
  ['folder', `/run/quiesce/${dead}`],
]
  .map((words) => words.join(' '))
  .sort();

const names = (things: readonly Pick<Finding, 'kind' | 'name'>[]): string[] =>
  things.map(({ kind, name }) => `${kind} ${name}`).sort();

describe('reconcile', () => {
  afterEach(async () => {
    expect(await hostState()).toEqual(cleanHost);
    expect((await onLab().plan()).found).toEqual([]);
    expect(await inLab('ls /run/quiesce | grep -e - || true')).toBe('');
  });

  it('shows everything that a dead run has left, undoes it, and finds nothing the second time', async () => {
    await leaveThings();
    const plan = await onLab().plan();
    expect(names(plan.found)).toEqual(everything);
    expect(plan).toMatchObject({ liveRun: undefined, unseen: [] });
    expect(await inLab('virsh domstate MySQL')).toBe('paused');

    const report = await onLab().run();
    expect(names(report.undone)).toEqual(everything);
    expect([schemaProblems('reconcile-plan', plan), schemaProblems('reconcile-report', report)]).toEqual([[], []]);
    expect(report).toMatchObject({ outcome: 'success', left: [], problems: [] });
    expect(await inLab('virsh domstate MySQL')).toBe('running');

    expect(await onLab().run()).toMatchObject({ outcome: 'success', undone: [], left: [], problems: [] });
  });

  it('is a shell script that does the same', async () => {
    await leaveThings();
    const plan = await onLab().plan();
    await inLab(`cat >/root/reconcile.sh <<'QUIESCE_END'\n${plan.toShell()}QUIESCE_END\nsh /root/reconcile.sh`);
  });

  it('leaves a run alone that is under way', async () => {
    await leaveThings();
    await inLab(
      `lvcreate -qq -y -Wn -Zn -L 4m --addtag quiesce.run=${live} -n images.2 SSD; mkdir /run/quiesce/${live}`,
    );
    const lock = await takeHostLock(labTransport(), live);
    try {
      const plan = await onLab().plan();
      expect(plan.liveRun?.runId).toBe(live);
      expect(names(plan.found)).toEqual(everything);
      const error: unknown = await onLab()
        .run()
        .catch((reason: unknown) => reason);
      expect(HostBusyError.isInstance(error) && error.holder?.runId).toBe(live);
      expect(await inLab('virsh domstate MySQL')).toBe('paused');
    } finally {
      await lock[Symbol.asyncDispose]();
    }
    // It is over now.
    expect((await onLab().run()).undone).toHaveLength(everything.length + 2);
  });

  it('undoes the rest, and says what to type, where a mount is busy', async () => {
    await leaveThings();
    await inLab(
      `cd /run/backup/${dead}/raid5.VM.images && { sleep 600 </dev/null >/dev/null 2>&1 & echo $! >/run/holder.pid; }`,
    );
    try {
      const error: unknown = await onLab()
        .run()
        .catch((reason: unknown) => reason);
      if (!ReconcileFailedError.isInstance(error)) throw new Error('it did not fail', { cause: error });
      expect(names(error.report.left)).toEqual([
        `folder /run/backup/${dead}`,
        `folder /run/backup/${dead}/raid5.VM.images`,
        'lvm-snapshot /dev/raid5/VM.images.1',
        `mount /run/backup/${dead}/raid5.VM.images`,
      ]);
      expect(error.message).toContain('held by sleep');
    } finally {
      await inLab('kill "$(cat /run/holder.pid)"; rm /run/holder.pid');
    }
    await onLab().run();
  });

  it('names a guest that somebody else paused, and leaves it so', async () => {
    await inLab('virsh --quiet suspend MySQL');
    try {
      const { problems } = await onLab().run();
      expect(problems.map(({ subject, fatal }) => [subject, fatal])).toEqual([['MySQL', false]]);
      expect(await inLab('virsh domstate MySQL')).toBe('paused');
    } finally {
      await inLab('virsh --quiet resume MySQL');
    }
  });

  it('is what a backup does first', async () => {
    await leaveThings();
    const options = {
      ...documented,
      volumes: ['/dev/SSD/images'],
      uncoveredDisks: 'allow',
      hostRoot: false,
      transport: labTransport(),
    } as const;
    const report = await lvmToZfsBackup(options).run();
    expect(report.steps[0]).toMatchObject({
      step: 'reconcile',
      subject: `10 things of run ${dead}`,
      state: 'finished',
    });
    expect(report.problems.map(({ step, subject, fatal }) => [step, subject, fatal])).toEqual([
      ['reconcile', dead, false],
    ]);
    // What was paused before is paused by the run, and resumed.
    expect(report.domains.map(({ name, suspended }) => [name, suspended])).toEqual([
      ['Server-Tim', true],
      ['MySQL', true],
    ]);
  });
});
