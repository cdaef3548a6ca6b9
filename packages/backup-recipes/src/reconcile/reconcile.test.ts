import { SpawnError, createCommand, localTransport, run, TransportError } from '@quiesce/command';
import { scriptedTransport } from '@quiesce/command/testing';
import { describe, expect, it } from 'vitest';
import { HostBusyError } from '../host-busy-error.js';
import { PreflightError } from '../preflight-error.js';
import { ReconcileFailedError } from './reconcile-failed-error.js';
import { reconcile } from './reconcile.js';
import type { ReconcileEvent, ReconcileReport } from './report.js';
import { cleanHost, reach, type FakeHost } from './testing/fake-host.js';
import { answerVirsh } from './testing/fake-virsh.js';

const dead = '1364083186-0a0b0c0d';
const live = '1364083286-00000001';
const paused = '00000000-0000-0000-0000-000000000002';
const marked = '00000000-0000-0000-0000-000000000003';

/** A host on which a run was killed while it copied, and another is under way or was. */
function messyHost(runId: string = dead): FakeHost {
  const host = cleanHost();
  host.domains.push(
    { name: "it's MySQL", uuid: paused, state: 'paused', mark: runId },
    { name: 'marked', uuid: marked, state: 'running', mark: runId },
  );
  host.units.set(`quiesce-pause-${runId}.service`, 'active').set('quiesce-pause-old.service', 'failed');
  host.units.set(`quiesce-copy-${runId}-0.scope`, 'active').set('quiesce-copy-old.scope', 'active');
  host.mounts.add('/').add(`/run/backup/${runId}/SSD.images`).add(`/run/backup/other/SSD.images`);
  host.volumes.set('/dev/SSD/images.1', { runId, isSnapshot: true });
  host.volumes.set('/dev/raid5/VM.images.1', { runId, isSnapshot: false });
  host.volumes.set('/dev/raid5/foreign', { runId: 'tomorrow', isSnapshot: false });
  host.restores.set(runId, '/srv/SSD/images');
  host.folders.add(`/run/backup/${runId}`).add(`/run/backup/${runId}/SSD.images`).add(`/run/quiesce/${runId}`);
  return host;
}

const everything: readonly (readonly [string, string])[] = [
  ['unit', `quiesce-pause-${dead}.service`],
  ['domain', "it's MySQL"],
  ['mark', 'marked'],
  ['unit', `quiesce-copy-${dead}-0.scope`],
  ['mount', `/run/backup/${dead}/SSD.images`],
  ['lvm-snapshot', '/dev/SSD/images.1'],
  ['lvm-space', '/dev/raid5/VM.images.1'],
  ['restore', `/srv/SSD/images/.quiesce-restore-${dead}`],
  ['folder', `/run/backup/${dead}/SSD.images`],
  ['folder', `/run/backup/${dead}`],
  ['folder', `/run/quiesce/${dead}`],
];

async function failing(host: FakeHost, signal?: AbortSignal): Promise<ReconcileReport> {
  const error: unknown = await reconcile({ transport: reach(host) })
    .run({ signal })
    .catch((reason: unknown) => reason);
  if (!ReconcileFailedError.isInstance(error)) throw new Error(`it did not fail: ${String(error)}`, { cause: error });
  return error.report;
}

const names = (things: ReconcileReport['undone']): (readonly [string, string])[] =>
  things.map(({ kind, name }) => [kind, name]);

describe('reconcile().plan()', () => {
  it('shows what is left, and only reads', async () => {
    const transport = reach(messyHost());
    const plan = await reconcile({ transport }).plan();
    expect(names(plan.found)).toEqual(everything);
    expect(plan).toMatchObject({ version: 1, recipe: 'reconcile', liveRun: undefined, unseen: [] });
    expect(transport.commands.every(({ effect }) => effect === 'read')).toBe(true);
    expect(plan.found.map(({ undo }) => undo.map(({ file, args }) => [file, ...args].join(' ')))).toEqual([
      [`systemctl stop -- quiesce-pause-${dead}.service`],
      [
        `virsh -c qemu:///system resume --domain=${paused}`,
        expect.stringMatching(/^virsh -c qemu:\/\/\/system metadata .*000002 .*--live --remove$/),
      ],
      [expect.stringMatching(/^virsh -c qemu:\/\/\/system metadata .*000003 .*--live --remove$/)],
      [`systemctl stop -- quiesce-copy-${dead}-0.scope`],
      [`umount -- /run/backup/${dead}/SSD.images`],
      [expect.stringContaining(`--select lv_tags={"quiesce.run=${dead}"} -- SSD/images.1`)],
      [expect.stringContaining(`--select lv_tags={"quiesce.run=${dead}"} -- raid5/VM.images.1`)],
      [expect.stringMatching(/^sh -c .* \/srv\/SSD\/images \.quiesce-restore-.*\/restore-0$/s)],
      [`rmdir -- /run/backup/${dead}/SSD.images`],
      [`rmdir -- /run/backup/${dead}`],
      [`rm -rf --one-file-system -- /run/quiesce/${dead}`],
    ]);
  });

  it('is a shell script too', async () => {
    const host = messyHost();
    host.units.set(`quiesce-resume-${dead}.service`, 'active');
    const script = (await reconcile({ transport: reach(host) }).plan()).toShell();
    const check = createCommand('sh', ['-n'], { effect: 'read', stdin: script });
    expect((await run(localTransport(), check)).exitCode).toBe(0);
    expect(script).toContain(`# the paused guest it's MySQL, of run ${dead}\nvirsh -c`);
    expect(script).toContain(`again env umount -- /run/backup/${dead}/SSD.images || failed=1\n`);
    expect(script).toContain(`# It ends when its guests run: journalctl --unit=quiesce-resume-${dead}.service\n`);
    expect((await reconcile({ transport: reach(cleanHost()) }).plan()).toShell()).toContain(
      '# nothing is left of any run\n',
    );
  });

  it('leaves out the run that is under way, which it asks for last', async () => {
    const host = messyHost(live);
    host.liveRun = live;
    host.volumes.set('/dev/SSD/images.0', { runId: dead, isSnapshot: true });
    const transport = reach(host);
    const { found, liveRun } = await reconcile({ transport }).plan();
    expect(names(found)).toEqual([['lvm-snapshot', '/dev/SSD/images.0']]);
    expect(liveRun?.runId).toBe(live);
    expect(transport.commands.slice(-2).map(({ file }) => file)).toEqual(['sh', 'cat']);
  });

  it('says what could not be looked at', async () => {
    const host = cleanHost();
    host.replies.set('lvm lvs', { exitCode: 5, stderr: 'broken\n' });
    const plan = await reconcile({ transport: reach(host) }).plan();
    expect(plan.unseen.map(({ subject }) => subject)).toEqual(['LVM']);
    expect(plan.toShell()).toMatch(/# LVM could not be looked at: broken.*\n# nothing was found of any run\n$/);
  });
});

describe('reconcile().run()', () => {
  it('undoes everything in order, and finds nothing the second time', async () => {
    const host = messyHost();
    const transport = reach(host);
    const events: ReconcileEvent[] = [];
    const report = await reconcile({ transport }).run({ onEvent: (event) => events.push(event) });
    expect(names(report.undone)).toEqual(everything);
    expect(report).toMatchObject({ outcome: 'success', left: [], problems: [] });
    const { startedAt, endedAt, ...rest } = report;
    expect(JSON.parse(JSON.stringify(report))).toEqual({
      ...rest,
      startedAt: startedAt.toISOString(),
      endedAt: endedAt.toISOString(),
    });
    expect(host.domains.map(({ state, mark }) => [state, mark])).toEqual(
      Array.from({ length: 3 }, () => ['running', undefined]),
    );
    expect([...host.mounts]).toEqual(['/', '/run/backup/other/SSD.images']);
    expect([...host.volumes.keys()]).toEqual(['/dev/raid5/foreign']);
    expect([...host.folders]).toEqual([]);
    expect(events.filter(({ type }) => type === 'step')).toHaveLength(2 * (everything.length + 1));

    const before = transport.commands.length;
    const again = await reconcile({ transport }).run();
    expect(again).toMatchObject({ outcome: 'success', undone: [], left: [] });
    expect(transport.commands.slice(before).every(({ effect }) => effect === 'read')).toBe(true);
  });

  it('removes the volume of a restore that was cut off, and only while it has its tag', async () => {
    const host = cleanHost();
    host.volumes.set('/dev/SSD/restored', { runId: dead, isSnapshot: false, isRestore: true });
    const transport = reach(host);
    const plan = await reconcile({ transport }).plan();
    expect(names(plan.found)).toEqual([['restore-volume', '/dev/SSD/restored']]);
    const remove = `--yes --select 'lv_tags={"quiesce.restore=${dead}"}' -- SSD/restored`;
    expect(plan.toShell()).toContain(`# the volume that was being restored /dev/SSD/restored, of run ${dead}\n`);
    expect(plan.toShell()).toMatch(/^again env .*lvremove/m);
    expect(plan.toShell()).toContain(remove);
    const report = await reconcile({ transport }).run();
    expect(names(report.undone)).toEqual([['restore-volume', '/dev/SSD/restored']]);
    expect([...host.volumes.keys()]).toEqual([]);
  });

  it('refuses while a run is under way', async () => {
    const host = messyHost(live);
    host.liveRun = live;
    const transport = reach(host);
    const error: unknown = await reconcile({ transport })
      .run()
      .catch((reason: unknown) => reason);
    if (!HostBusyError.isInstance(error)) throw new Error('it was not refused', { cause: error });
    expect(error.holder?.runId).toBe(live);
    expect(transport.commands).toHaveLength(2);
  });

  it('resumes the others beside a guest for which libvirt does not answer', async () => {
    const host = messyHost();
    host.domains.splice(1, 0, {
      ...{
        name: 'hung',
        uuid: '00000000-0000-0000-0000-000000000009',
        state: 'paused',
        mark: dead,
        hangs: 'everything',
      },
    });
    const report = await failing(host);
    expect(names(report.undone)).toEqual(everything);
    expect(report.problems.map(({ step, subject, fatal }) => [step, subject, fatal])).toEqual([
      ['survey', 'hung', true],
    ]);
  });

  it('resumes the others beside a guest that hangs when it is resumed', async () => {
    const host = messyHost();
    host.domains.splice(1, 0, {
      ...{ name: 'hung', uuid: '00000000-0000-0000-0000-000000000009', state: 'paused', mark: dead, hangs: 'resume' },
    });
    const report = await failing(host);
    expect(names(report.undone)).toHaveLength(everything.length);
    expect(names(report.undone)).toEqual(expect.arrayContaining([...everything]));
    expect(names(report.left)).toEqual([['domain', 'hung']]);
    // The next run still knows whose pause it is.
    expect(host.domains[1]?.mark).toBe(dead);
  });

  it('says which guest does not resume, and goes on with everything else', async () => {
    const host = messyHost();
    const stderr = 'error: Timed out during operation: cannot acquire state change lock (held by monitor=x)\n';
    host.replies.set('resume --domain', { exitCode: 1, stderr });
    const report = await failing(host);
    expect(report.outcome).toBe('failed');
    expect(report.left).toEqual([
      {
        kind: 'domain',
        name: "it's MySQL",
        runId: dead,
        remedy: expect.stringMatching(/^virsh -c qemu:\/\/\/system resume .* && virsh .* --remove$/) as string,
      },
    ]);
    expect(names(report.undone)).toEqual(everything.filter(([kind]) => kind !== 'domain'));
  });

  it('takes what is gone already for undone', async () => {
    const host = messyHost();
    const gone: [string, { exitCode: number; stderr: string }][] = [
      ['umount', { exitCode: 32, stderr: 'umount: /x: no mount point specified.\n' }],
      ['lvremove', { exitCode: 5, stderr: '  Failed to find logical volume "SSD/images.1"\n' }],
      ['rmdir', { exitCode: 1, stderr: "rmdir: failed to remove '/x': No such file or directory\n" }],
      ['systemctl stop', { exitCode: 5, stderr: 'Failed to stop x.service: Unit x.service not loaded.\n' }],
      ['resume --domain', { exitCode: 1, stderr: 'error: Domain not found: no domain with matching uuid\n' }],
      ['list --uuid --id --name --all', { exitCode: 0, stderr: '' }],
      ['--remove', { exitCode: 1, stderr: 'error: Requested operation is not valid: domain is not running\n' }],
    ];
    for (const [word, reply] of gone) host.replies.set(word, reply);
    const transport = reach(host);
    // A unit that could not be stopped because it had ended is not there the next time.
    const stops = (): boolean => transport.commands.some(({ args }) => args[0] === 'stop');
    host.replies.set('systemctl show --property=Id,ActiveState -- quiesce-resume-1', { stdout: '' });
    const report = await reconcile({ transport }).run();
    expect(stops()).toBe(true);
    expect(report).toMatchObject({ outcome: 'success', left: [] });
  });

  it('keeps the folder of a run whose unit could not be stopped', async () => {
    const host = messyHost();
    host.replies.set('systemctl stop', { exitCode: 1, stderr: 'Failed to stop it\n' });
    const report = await failing(host);
    expect(names(report.left).map(([kind]) => kind)).toEqual(['unit', 'unit', 'folder']);
    expect(report.left[2]?.remedy).toBe(
      `systemctl --quiet is-active -- quiesce-pause-${dead}.service quiesce-resume-${dead}.service || rm -rf --one-file-system -- /run/quiesce/${dead}`,
    );
    expect([...host.folders]).toEqual([`/run/quiesce/${dead}`]);
  });

  it('waits for a unit that resumes guests', async () => {
    const host = cleanHost();
    const unit = `quiesce-resume-${dead}.service`;
    host.units.set(unit, 'active');
    const transport = reach(host);
    const running = reconcile({ transport }).run();
    setTimeout(() => host.units.delete(unit), 500);
    expect(names((await running).undone)).toEqual([['unit', unit]]);
    expect(transport.commands.some(({ effect }) => effect === 'write')).toBe(false);
  });

  it('looks again right before it resumes: what somebody else did since the survey is left alone', async () => {
    const host = messyHost();
    const second = '00000000-0000-0000-0000-000000000009';
    host.domains.push({ name: 'second', uuid: second, state: 'paused', mark: dead });
    const real = reach(host);
    const transport: typeof real = {
      ...real,
      start: (command, options) => {
        // The survey is over when the unit is stopped: one guest was resumed and paused by hand,
        // the other is in a later pause.
        if (command.args[0] === 'stop') {
          const [, mysql, , other] = host.domains;
          if (mysql !== undefined) mysql.mark = undefined;
          if (other !== undefined) other.mark = live;
        }
        return real.start(command, options);
      },
    };
    await reconcile({ transport }).run();
    expect(host.domains.map(({ mark, name, state }) => [name, state, mark]).slice(1)).toEqual([
      ["it's MySQL", 'paused', undefined],
      ['marked', 'running', undefined],
      ['second', 'paused', live],
    ]);
  });

  it('takes no answer at all for a failure, and no guest for resumed', async () => {
    const host = messyHost();
    const real = reach(host);
    const silent = scriptedTransport(() => ({}));
    const transport: typeof real = {
      ...real,
      start: (command, options) =>
        (command.args.at(-1) ?? '').includes('domstate')
          ? silent.start(command, options)
          : real.start(command, options),
    };
    const error: unknown = await reconcile({ transport })
      .run()
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ReconcileFailedError);
    expect(silent.commands.length).toBeGreaterThan(0);
    expect(host.domains.map(({ state }) => state)).toContain('paused');
  });

  it('believes no resume after which the guest is still paused', async () => {
    const host = messyHost();
    const real = reach(host);
    // It says what virsh says of a resume, of domains that are none.
    const lying = scriptedTransport(({ args }) => answerVirsh(structuredClone(host.domains), args));
    const transport: typeof real = {
      ...real,
      start: (command, options) =>
        command.args.some((word) => word.includes('resume')) && command.file !== 'systemctl'
          ? lying.start(command, options)
          : real.start(command, options),
    };
    const error: unknown = await reconcile({ transport })
      .run()
      .catch((reason: unknown) => reason);
    if (!ReconcileFailedError.isInstance(error)) throw new Error('it did not fail', { cause: error });
    expect(lying.commands.length).toBeGreaterThan(0);
    expect(names(error.report.left)).toContainEqual(['domain', "it's MySQL"]);
    expect(error.report.problems.map(({ message }) => message).join()).toMatch(
      /is paused after libvirt was told to resume/,
    );
  });

  it('names a guest that somebody else paused, and leaves it', async () => {
    const host = cleanHost();
    host.domains.push({ name: 'stranger', uuid: paused, state: 'paused', mark: undefined });
    const report = await reconcile({ transport: reach(host) }).run();
    expect(report.problems.map(({ subject, fatal }) => [subject, fatal])).toEqual([['stranger', false]]);
    expect(host.domains[1]?.state).toBe('paused');
  });

  it.each([
    [
      'a host without libvirt',
      { error: new SpawnError({ command: createCommand('virsh', []), code: 'ENOENT' }) },
      false,
    ],
    ['a libvirt that is down', { exitCode: 1, stderr: 'error: failed to connect to the hypervisor\n' }, true],
  ])('reconciles the rest on %s', async (_what, reply, fatal) => {
    const host = messyHost();
    host.replies.set('virsh', reply);
    const report = await reconcile({ transport: reach(host) })
      .run()
      .catch((error: unknown) => {
        if (!ReconcileFailedError.isInstance(error)) throw error;
        return error.report;
      });
    expect(report.problems.map((problem) => [problem.subject, problem.fatal])).toEqual([['libvirt', fatal]]);
    expect(report.outcome).toBe(fatal ? 'failed' : 'success');
    expect(report.undone).toHaveLength(everything.length - 2);
  });

  it('throws what the transport throws', async () => {
    const host = messyHost();
    host.replies.set('lvm lvs', { error: new TransportError('lost', { started: true }) });
    await expect(reconcile({ transport: reach(host) }).run()).rejects.toSatisfy(
      TransportError.isInstance.bind(TransportError),
    );
  });

  it('stops when it is aborted, and names what is left', async () => {
    const host = messyHost();
    const abort = new AbortController();
    const transport = reach(host);
    const error: unknown = await reconcile({ transport })
      .run({
        signal: abort.signal,
        onEvent: (event) => {
          if (event.type === 'step' && event.step === 'unmount') abort.abort();
        },
      })
      .catch((reason: unknown) => reason);
    if (!ReconcileFailedError.isInstance(error)) throw new Error('it did not fail', { cause: error });
    expect(error.report.outcome).toBe('aborted');
    expect(names(error.report.left)).toEqual(everything.slice(4));
    expect([...host.volumes.keys()]).toContain('/dev/SSD/images.1');
  });
});

describe('reconcile', () => {
  it.each([
    [{ mountRoot: '/' }, 'mountRoot'],
    [{ mountRoot: 'run' }, 'mountRoot'],
    [{ mountRoot: '/run/../etc' }, 'mountRoot'],
    [{ mountRoot: 7 }, 'mountRoot'],
    [{ transport: 'ssh' }, 'transport'],
    [{ mountroot: '/run/backup' }, 'mountroot'],
    [null, 'options'],
  ])('refuses %j', (options, option) => {
    try {
      reconcile(options as never);
      expect.unreachable();
    } catch (error) {
      if (!PreflightError.isInstance(error)) throw error;
      expect(error.problems.map((problem) => problem.option)).toEqual([option]);
    }
  });
});
