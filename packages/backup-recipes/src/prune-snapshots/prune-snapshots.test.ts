import { createCommand, localTransport, run } from '@quiesce/command';
import { describe, expect, it } from 'vitest';
import { HostBusyError } from '../host-busy-error.js';
import { PreflightError } from '../preflight-error.js';
import { PruneFailedError } from './prune-failed-error.js';
import { pruneSnapshots, type PruneSnapshots } from './prune-snapshots.js';
import type { PruneEvent, PruneReport } from './report.js';
import { fakeTarget, reach, target, type FakeTarget } from './testing/fake-target.js';

const mebibyte = 1_048_576;
const recipe = (transport: ReturnType<typeof reach>): PruneSnapshots =>
  pruneSnapshots({ target, keep: { daily: 2 }, timeZone: 'Europe/Berlin', transport });

async function failing(host: FakeTarget, signal?: AbortSignal): Promise<PruneReport> {
  const error: unknown = await recipe(reach(host))
    .run({ signal })
    .catch((reason: unknown) => reason);
  if (!PruneFailedError.isInstance(error)) throw new Error(`it did not fail: ${String(error)}`, { cause: error });
  return error.report;
}

const held = (name: string): string =>
  `cannot destroy snapshot ${target}@${name}: it's being held. Run 'zfs holds -r ${target}@${name}' to see holders.`;
const outcomes = ({ snapshots }: PruneReport): string[] => snapshots.map(({ outcome }) => outcome);
const destroys = (transport: ReturnType<typeof reach>): string[] =>
  transport.commands
    .filter(({ args, effect }) => args[0] === 'destroy' && effect === 'write')
    .map(({ args }) => args.join(' '));

describe('pruneSnapshots().plan()', () => {
  it('tells what is kept, why, and what becomes free, and only reads', async () => {
    const transport = reach(fakeTarget(4));
    const plan = await recipe(transport).plan();
    expect(plan).toMatchObject({
      ...{ version: 1, recipe: 'pruneSnapshots', target, keep: { daily: 2 }, timeZone: 'Europe/Berlin' },
      ...{ at: new Date('2013-03-25T12:00:00Z'), freesBytes: 2 * mebibyte, warnings: [] },
    });
    expect(plan.snapshots.map(({ keep, name, why }) => [name, keep, why])).toEqual([
      [`${target}@night.4`, true, ['daily 2013-03-24', 'newest complete']],
      [`${target}@night.3`, true, ['daily 2013-03-23']],
      [`${target}@night.2`, false, []],
      [`${target}@night.1`, false, []],
    ]);
    expect(plan.destroy.map(({ args }) => args)).toEqual([['destroy', '-vp', '--', `${target}@night.1,night.2`]]);
    expect(transport.commands.every(({ effect }) => effect === 'read')).toBe(true);
    expect(transport.commands.some(({ args }) => args.includes('-r') || args.includes('-R'))).toBe(false);
  });

  it('passes over the snapshot of a boot test, which takes the place of no other', async () => {
    const host = fakeTarget(2);
    const [newest] = [...host.snapshots.values()].slice(-1);
    if (newest === undefined) throw new Error('there are two');
    const boot = 'quiesce-boot-1364200000-0a0b0c0d';
    host.snapshots.set(boot, newest);
    const { snapshots } = await recipe(reach(host)).plan();
    expect(snapshots.map(({ keep, name }) => [name, keep])).toEqual([
      [`${target}@night.2`, true],
      [`${target}@night.1`, true],
    ]);
  });

  it('is a shell script too', async () => {
    const script = (await recipe(reach(fakeTarget(204))).plan()).toShell();
    const check = createCommand('sh', ['-n'], { effect: 'read', stdin: script });
    expect((await run(localTransport(), check)).exitCode).toBe(0);
    const [, , destroy, other, third] = script.split('zfs destroy -vp -- ');
    expect(destroy).toMatch(new RegExp(`^${target}@"\\$name" \\|\\| failed=1; done`));
    expect(other).toMatch(/night\.101,.*night\.200 \|\|/);
    expect(third).toContain(`@"$name"`);
    expect((await recipe(reach(fakeTarget(1))).plan()).toShell()).toMatch(/# there is none\n$/);
  });
});

describe('pruneSnapshots().run()', () => {
  it('destroys what no rule keeps, and nothing the second time', async () => {
    const host = fakeTarget(250);
    const transport = reach(host);
    const events: PruneEvent[] = [];
    const report = await recipe(transport).run({ onEvent: (event) => events.push(event) });
    expect(report).toMatchObject({ outcome: 'success', freedBytes: 248 * mebibyte, problems: [], target });
    expect(outcomes(report)).toEqual(['kept', 'kept', ...Array.from({ length: 248 }, () => 'destroyed')]);
    expect([...host.snapshots.keys()]).toEqual(['night.249', 'night.250']);
    expect(destroys(transport).map((words) => words.split(',').length)).toEqual([100, 100, 48]);
    expect(destroys(transport)[0]).toMatch(/^destroy -vp -- archives\/backups@night\.1,night\.2,/);
    expect(report.steps.map(({ step, subject }) => `${step} ${subject}`)).toEqual([
      ...[`look ${target}`, 'destroy 100 snapshots', 'destroy 100 snapshots', 'destroy 48 snapshots'],
    ]);
    expect(events).toHaveLength(8);
    const { startedAt, endedAt, ...rest } = report;
    expect(JSON.parse(JSON.stringify({ ...rest, snapshots: outcomes(report) }))).toMatchObject({
      freedBytes: 248 * mebibyte,
    });
    expect(endedAt.getTime()).toBeGreaterThanOrEqual(startedAt.getTime());

    const again = await recipe(transport).run();
    expect(again).toMatchObject({ outcome: 'success', freedBytes: 0, problems: [] });
    expect(outcomes(again)).toEqual(['kept', 'kept']);
    expect(destroys(transport)).toHaveLength(3);
  });

  it('goes on past those that can not go, and says so', async () => {
    const host = fakeTarget(40);
    for (const name of ['night.7', 'night.8', 'night.30']) {
      const snapshot = host.snapshots.get(name);
      if (snapshot !== undefined) host.snapshots.set(name, { ...snapshot, refusal: held(name) });
    }
    const report = await failing(host);
    expect([...host.snapshots.keys()]).toEqual(['night.7', 'night.8', 'night.30', 'night.39', 'night.40']);
    expect(report).toMatchObject({ outcome: 'failed', freedBytes: 35 * mebibyte });
    expect(report.problems.map(({ error, fatal, step, subject }) => [step, subject, error, fatal])).toEqual(
      ['night.7', 'night.8', 'night.30'].map((name) => ['destroy', `${target}@${name}`, 'SnapshotHeldError', true]),
    );
    expect(report.snapshots.filter(({ outcome }) => outcome === 'left').map(({ name }) => name)).toEqual(
      ['night.30', 'night.8', 'night.7'].map((name) => `${target}@${name}`),
    );
  });

  it('leaves what is held, and what others made', async () => {
    const host = fakeTarget(5);
    const at = new Date('2013-01-01T00:00:00Z');
    host.snapshots.set('night.1', { at, holds: 1 }).set('night.2', { at, isOurs: false });
    const report = await recipe(reach(host)).run();
    expect(outcomes(report)).toEqual(['kept', 'kept', 'destroyed', 'kept', 'kept']);
    expect(report.snapshots.slice(3).map(({ why }) => why)).toEqual([['made by others'], ['held']]);
  });

  it('takes what somebody else destroyed meanwhile for gone', async () => {
    const host = fakeTarget(5);
    host.onCommand = ({ args, effect }) => {
      if (args[0] === 'destroy' && effect === 'write') host.snapshots.delete('night.2');
      return undefined;
    };
    const some = await recipe(reach(host)).run();
    expect(outcomes(some)).toEqual(['kept', 'kept', 'destroyed', 'gone', 'destroyed']);
    expect(some).toMatchObject({ outcome: 'success', freedBytes: 2 * mebibyte });
    const other = fakeTarget(3);
    other.onCommand = ({ args }) => {
      if (args[0] === 'destroy') other.snapshots.delete('night.1');
      return undefined;
    };
    expect(outcomes(await recipe(reach(other)).run())).toEqual(['kept', 'kept', 'gone']);
  });

  it('stops at any other failure, since the rest would fail too', async () => {
    const host = fakeTarget(250);
    let count = 0;
    host.onCommand = ({ args }) =>
      args[0] === 'destroy' && ++count === 2
        ? { exitCode: 1, stderr: 'cannot destroy snapshots: pool is read-only\n' }
        : undefined;
    const report = await failing(host);
    expect(count).toBe(2);
    expect(host.snapshots.size).toBe(150);
    expect(report.freedBytes).toBe(100 * mebibyte);
    expect(report.problems.map(({ subject }) => subject)).toEqual(['100 snapshots']);
    expect(outcomes(report).filter((outcome) => outcome === 'left')).toHaveLength(148);
  });

  it('takes nothing for gone where the dataset is not there any more', async () => {
    const host = fakeTarget(5);
    const stderr = `cannot open '${target}': dataset does not exist\n`;
    host.onCommand = ({ args }) => (args[0] === 'destroy' ? { exitCode: 1, stderr } : undefined);
    const report = await failing(host);
    expect(outcomes(report)).toEqual(['kept', 'kept', 'left', 'left', 'left']);
    expect(report.problems).toMatchObject([{ error: 'DatasetNotFoundError', fatal: true }]);
  });

  it('stops when it is aborted, and tells what went until then', async () => {
    const host = fakeTarget(250);
    const stop = new AbortController();
    let count = 0;
    host.onCommand = ({ args }) => {
      if (args[0] !== 'destroy' || ++count < 2) return undefined;
      setTimeout(() => {
        stop.abort();
      }, 10);
      return { durationMs: 100 };
    };
    const report = await failing(host, stop.signal);
    expect(report).toMatchObject({ outcome: 'aborted', freedBytes: 100 * mebibyte });
    expect(count).toBe(2);
    expect(outcomes(report).filter((outcome) => outcome === 'left')).toHaveLength(148);
    const other = fakeTarget(5);
    const early = new AbortController();
    other.onCommand = ({ args }) => {
      if (args[0] === 'get') early.abort();
      return undefined;
    };
    expect(await failing(other, early.signal)).toMatchObject({ outcome: 'aborted', snapshots: [], freedBytes: 0 });
  });

  it('refuses while a run is under way', async () => {
    const host = fakeTarget(5);
    host.isBusy = true;
    const transport = reach(host);
    await expect(recipe(transport).run()).rejects.toThrow(HostBusyError);
    expect(transport.commands).toHaveLength(2);
  });

  it('refuses a target that is not mounted, since nobody could tell what is complete', async () => {
    const host = fakeTarget(5);
    host.isMounted = false;
    await expect(recipe(reach(host)).run()).rejects.toThrow(/not mounted.*zfs mount archives\/backups/);
    await expect(recipe(reach(host)).plan()).rejects.toThrow(PreflightError);
    expect(host.snapshots.size).toBe(5);
  });

  it('warns where nothing is complete, and prunes nothing', async () => {
    const host = fakeTarget(0);
    for (const day of [1, 2, 3, 4]) {
      host.snapshots.set(`night.${String(day)}`, { at: new Date(Date.UTC(2013, 2, day)), complete: false });
    }
    const report = await recipe(reach(host)).run();
    expect(report).toMatchObject({ outcome: 'success', problems: [{ step: 'look', subject: target, fatal: false }] });
    expect(outcomes(report)).toEqual(['kept', 'kept', 'kept', 'kept']);
  });
});
