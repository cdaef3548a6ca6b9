import { AsyncLocalStorage } from 'node:async_hooks';
import { context, ROOT_CONTEXT, trace, type Context, type ContextManager, type Tracer } from '@opentelemetry/api';
import { afterEach, describe, expect, it } from 'vitest';
import { BackupFailedError } from '../lvm-to-zfs-backup/report/backup-failed-error.js';
import type { BackupEvent } from '../lvm-to-zfs-backup/report/events.js';
import type { BackupReport } from '../lvm-to-zfs-backup/report/report.js';
import { pruneSnapshots } from '../prune-snapshots/prune-snapshots.js';
import type { PruneEvent } from '../prune-snapshots/report.js';
import { fakeTarget, reach, target, type FakeTarget } from '../prune-snapshots/testing/fake-target.js';
import type { Recipe } from '../recipe.js';
import { failedRun, goodRun } from '../report-formats/testing/reports.js';
import manifest from '../../package.json' with { type: 'json' };
import { outline, spanMemory, spanTrees, type SpanTree } from './testing/spans.js';
import { traced } from './traced.js';

/** The events of a run that is over, in their order. */
function eventsOf({ problems, steps }: BackupReport): BackupEvent[] {
  const told = [
    ...steps.flatMap(({ durationMs, startedMs, state, step, subject }) => [
      {
        atMs: startedMs,
        event: { type: 'step', step, subject, state: 'started', startedMs, durationMs: undefined } as const,
      },
      { atMs: startedMs + durationMs, event: { type: 'step', step, subject, state, startedMs, durationMs } as const },
    ]),
    ...problems.map((problem) => ({
      // A step that fails says why, and ends then.
      atMs: problem.startedMs - 0.5,
      event: { type: 'problem', problem, startedMs: problem.startedMs } as const,
    })),
  ];
  return told.sort((one, other) => one.atMs - other.atMs).map(({ event }) => event);
}

/** A backup that happens as a recorded one did. */
function recorded(report: BackupReport): Recipe<undefined, BackupReport, BackupEvent> {
  return {
    name: 'lvmToZfsBackup',
    plan: async () => undefined,
    run: async ({ onEvent } = {}) => {
      for (const event of eventsOf(report)) onEvent?.(event);
      if (report.outcome !== 'success') throw new BackupFailedError(report);
      return report;
    },
  };
}

const prune = (host: FakeTarget): ReturnType<typeof pruneSnapshots> =>
  pruneSnapshots({ target, keep: { daily: 2 }, timeZone: 'UTC', transport: reach(host) });

async function treesOf(run: (tracer: Tracer) => Promise<unknown>): Promise<SpanTree[]> {
  const { provider, spans } = spanMemory();
  await run(provider.getTracer('test'));
  return spanTrees(spans());
}

function failing(): FakeTarget {
  const host = fakeTarget(3);
  host.onCommand = ({ args, file }) =>
    file === 'zfs' && args[0] === 'destroy' && !args.includes('-nvp')
      ? { exitCode: 1, stderr: 'cannot destroy: out of space\n' }
      : undefined;
  return host;
}

/** What makes a span active for what is called in it. */
function asyncContexts(): ContextManager {
  const storage = new AsyncLocalStorage<Context>();
  const manager: ContextManager = {
    active: () => storage.getStore() ?? ROOT_CONTEXT,
    with: (active, body, self, ...args) => storage.run(active, () => body.call(self, ...args)),
    bind: (_active, body) => body,
    enable: () => manager,
    disable: () => manager,
  };
  return manager;
}

afterEach(() => {
  trace.disable();
  context.disable();
});

describe('traced', () => {
  it('makes a tree of a run that went well, with the time of each step', async () => {
    const trees = await treesOf((tracer) => traced(recorded(goodRun), { tracer }).run());
    expect(outline(trees)).toMatchInlineSnapshot(`
      [
        "lvmToZfsBackup",
        "  preflight archives/backups",
        "  prepare pause",
        "  prepare /dev/SSD/images",
        "  prepare /run/backup/1795693518-5261a35a/SSD.images, /run/backup/1795693518-5261a35a/raid5.VM.images",
        "  prepare /dev/raid5/VM.images",
        "  flush Server-Tim, MySQL",
        "  suspend Server-Tim, MySQL",
        "  guest paused Server-Tim",
        "  guest paused MySQL",
        "  lvm-snapshot /dev/SSD/images",
        "  lvm-snapshot /dev/raid5/VM.images",
        "  resume Server-Tim, MySQL",
        "  zfs-snapshot archives/backups@daily.1795693518",
        "  check /dev/SSD/images",
        "  check /dev/raid5/VM.images",
        "  mount /dev/raid5/VM.images",
        "  host-root /etc",
        "  mount /dev/SSD/images",
        "  copy /dev/raid5/VM.images",
        "  copy /dev/SSD/images",
        "  checksums /dev/raid5/VM.images",
        "  checksums /dev/SSD/images",
        "  verify /dev/raid5/VM.images",
        "  verify /dev/SSD/images",
        "  unmount /dev/raid5/VM.images",
        "  unmount /dev/SSD/images",
        "  remove /dev/raid5/VM.images",
        "  remove /dev/SSD/images",
      ]
    `);
    expect(trees[0]).toMatchObject({
      attributes: {
        'quiesce.recipe': 'lvmToZfsBackup',
        'quiesce.run_id': goodRun.runId,
        'quiesce.target': 'archives/backups',
        'quiesce.outcome': 'success',
      },
      events: [],
    });
    for (const { durationMs, startedMs, step, subject } of goodRun.steps) {
      const attributes = { 'quiesce.step': step, 'quiesce.subject': subject };
      expect(trees[0]?.children).toContainEqual(
        expect.objectContaining({ name: step, attributes, time: [startedMs, durationMs] }),
      );
    }
    const [, mysql] = goodRun.domains;
    const pausedAtMs = (mysql?.suspendedAt?.getTime() ?? 0) - goodRun.startedAt.getTime();
    expect(trees[0]?.children).toContainEqual(
      expect.objectContaining({ attributes: { 'quiesce.guest': 'MySQL' }, time: [pausedAtMs, mysql?.pausedMs] }),
    );
  });

  it('makes a tree of a run that failed, with its problems', async () => {
    const trees = await treesOf((tracer) =>
      expect(traced(recorded(failedRun), { tracer }).run()).rejects.toThrow(BackupFailedError),
    );
    expect(outline(trees)).toMatchInlineSnapshot(`
      [
        "lvmToZfsBackup (error: backup of run 1795693551-b56145a9 failed: verify /dev/SSD/images: the copy is not what was frozen, 4 names differ: lost+found, README, README.again, MySQL.img; run once with copy: { extraArguments: ['--checksum'] }, which reads all of both; copy /dev/SSD/images: its snapshot /dev/SSD/images.1795693551 filled up, so the copy is not what the volume held: run again with more snapshotSizeBytes; unmount /dev/SSD/images: /run/backup/1795693551-b56145a9/SSD.images was unmounted by someone else, so what was copied may not be whole: see the kernel's log for a device that failed, and run again)",
        "  preflight archives/backups",
        "  prepare pause",
        "  prepare /dev/SSD/images",
        "  prepare /dev/raid5/VM.images",
        "  prepare /run/backup/1795693551-b56145a9/SSD.images, /run/backup/1795693551-b56145a9/raid5.VM.images",
        "  flush Server-Tim, MySQL",
        "  suspend Server-Tim, MySQL",
        "  guest paused Server-Tim",
        "  guest paused MySQL",
        "  lvm-snapshot /dev/SSD/images",
        "  lvm-snapshot /dev/raid5/VM.images",
        "  resume Server-Tim, MySQL",
        "  zfs-snapshot archives/backups@daily.1795693551",
        "  check /dev/raid5/VM.images",
        "  check /dev/SSD/images",
        "  host-root /etc/default",
        "  mount /dev/raid5/VM.images",
        "  mount /dev/SSD/images",
        "  copy /dev/SSD/images",
        "  copy /dev/raid5/VM.images",
        "  checksums /dev/raid5/VM.images",
        "  checksums /dev/SSD/images",
        "  verify /dev/SSD/images (error: the copy is not what was frozen, 4 names differ: lost+found, README, README.again, MySQL.img; run once with copy: { extraArguments: ['--checksum'] }, which reads all of both)",
        "  verify /dev/raid5/VM.images",
        "  unmount /dev/SSD/images",
        "  remove /dev/SSD/images",
        "  unmount /dev/raid5/VM.images",
        "  remove /dev/raid5/VM.images",
      ]
    `);
    expect(trees[0]?.attributes).toMatchObject({ 'quiesce.outcome': 'failed', 'error.type': 'BackupFailedError' });
    expect(trees[0]?.events).toEqual(
      failedRun.problems.map(({ error, fatal, message, step, subject }) => [
        fatal ? 'exception' : 'quiesce.warning',
        {
          ...{ 'quiesce.step': step, 'quiesce.subject': subject },
          ...{ 'exception.type': error, 'exception.message': message },
        },
      ]),
    );
  });

  it('tells of a guest that was not seen running since its pause', async () => {
    const domains = goodRun.domains.map((domain) => ({ ...domain, resumedAt: undefined, pausedMs: undefined }));
    const trees = await treesOf((tracer) => traced(recorded({ ...goodRun, domains }), { tracer }).run());
    expect(outline(trees)).toContain('  guest paused MySQL (error: it was not seen running since)');
  });

  it('traces the real events of a recipe, and passes on plan, events and report', async () => {
    const { provider, spans } = spanMemory();
    const events: PruneEvent[] = [];
    const recipe = traced(prune(fakeTarget(3)), { tracer: provider.getTracer('test') });
    expect(recipe.name).toBe('pruneSnapshots');
    expect((await recipe.plan()).toShell()).toContain('zfs destroy');
    expect(spans()).toEqual([]);
    const report = await recipe.run({ onEvent: (event) => events.push(event) });
    expect(report).toMatchObject({ recipe: 'pruneSnapshots', outcome: 'success' });
    expect(events.map(({ type }) => type)).toEqual(['step', 'step', 'step', 'step']);
    expect(outline(spanTrees(spans()))).toEqual([
      'pruneSnapshots',
      '  look archives/backups',
      '  destroy archives/backups@night.1',
    ]);
  });

  it('tells what failed', async () => {
    const trees = await treesOf((tracer) =>
      expect(traced(prune(failing()), { tracer }).run()).rejects.toMatchObject({ name: 'PruneFailedError' }),
    );
    expect(outline(trees)).toMatchInlineSnapshot(`
      [
        "pruneSnapshots (error: pruneSnapshots failed: destroy archives/backups@night.1: cannot destroy: out of space (exit code 1: zfs destroy -vp -- archives/backups@night.1))",
        "  look archives/backups",
        "  destroy archives/backups@night.1 (error: cannot destroy: out of space (exit code 1: zfs destroy -vp -- archives/backups@night.1))",
      ]
    `);
  });

  it('tells of what was not even begun', async () => {
    const host = fakeTarget(3);
    host.isBusy = true;
    const trees = await treesOf((tracer) =>
      expect(traced(prune(host), { tracer }).run()).rejects.toMatchObject({ name: 'HostBusyError' }),
    );
    expect(trees).toMatchObject([
      {
        name: 'pruneSnapshots',
        attributes: { 'quiesce.recipe': 'pruneSnapshots', 'quiesce.outcome': 'failed', 'error.type': 'HostBusyError' },
        events: [['exception', { 'exception.type': 'HostBusyError' }]],
        children: [],
      },
    ]);
  });

  it('tells of an abort', async () => {
    const signal = AbortSignal.abort(new Error('SIGTERM'));
    const trees = await treesOf((tracer) =>
      expect(traced(prune(fakeTarget(3)), { tracer }).run({ signal })).rejects.toThrow('SIGTERM'),
    );
    expect(trees).toMatchObject([{ attributes: { 'quiesce.outcome': 'aborted' }, status: 'error: SIGTERM' }]);
  });

  it('is below the span that is active, and above what is made while it runs', async () => {
    const { provider, spans } = spanMemory();
    context.setGlobalContextManager(asyncContexts());
    trace.setGlobalTracerProvider(provider);
    const tracer = trace.getTracer('the caller');
    const recipe = traced(recorded(goodRun));
    await tracer.startActiveSpan('night', async (night) => {
      await traced({
        ...recipe,
        name: 'outer',
        run: async (options) => {
          tracer.startSpan('hook').end();
          return recipe.run(options);
        },
      }).run();
      night.end();
    });
    expect(outline(spanTrees(spans())).slice(0, 4)).toEqual(['night', '  outer', '    hook', '    lvmToZfsBackup']);
    expect(spans().find(({ name }) => name === 'outer')?.instrumentationScope).toEqual({
      ...{ name: '@quiesce/backup-recipes', version: manifest.version, schemaUrl: undefined },
    });
  });

  it('makes nothing where no provider is registered', async () => {
    expect(await traced(recorded(goodRun)).run()).toBe(goodRun);
  });

  it.each(['startSpan', 'setAttribute', 'addEvent', 'end'])('runs though %s throws', async (method) => {
    const { provider } = spanMemory();
    const throws = (): never => {
      throw new Error('telemetry is broken');
    };
    const real = provider.getTracer('test');
    const tracer: Tracer = {
      startActiveSpan: throws,
      startSpan: (...args) => {
        if (method === 'startSpan') throws();
        return Object.assign(real.startSpan(...args), { [method]: throws });
      },
    };
    expect(await traced(recorded(goodRun), { tracer }).run()).toBe(goodRun);
    await expect(traced(recorded(failedRun), { tracer }).run()).rejects.toThrow(BackupFailedError);
  });

  it.each([
    ['before it calls', false],
    ['after it called', true],
  ])('runs once where a context manager throws %s what it was given', async (_, calls) => {
    const manager: ContextManager = {
      ...asyncContexts(),
      with: (_context, call, self, ...args) => {
        if (calls) call.apply(self, args);
        throw new Error('telemetry is broken');
      },
    };
    context.setGlobalContextManager(manager);
    const { provider } = spanMemory();
    let runs = 0;
    const recipe = recorded(goodRun);
    const counted: typeof recipe = {
      ...recipe,
      run: async (options) => {
        runs += 1;
        return recipe.run(options);
      },
    };
    expect(await traced(counted, { tracer: provider.getTracer('test') }).run()).toBe(goodRun);
    expect(runs).toBe(1);
  });
});
