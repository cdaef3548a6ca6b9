import { describe, expect, it } from 'vitest';
import { PreflightError } from '../preflight-error.js';
import { ReplicateFailedError } from './replicate-failed-error.js';
import { replicate } from './replicate.js';
import { FakeZfs } from './testing/fake-zfs.js';

const [older, newer] = ['1364083186-0a0b0c0d', '1364169586-00000001'];
const [target, copy] = ['archives/backups', 'offsite/backups'];
const mark = (runId: string): Record<string, string> => ({ 'quiesce:run': runId, 'quiesce:state': 'complete' });
const options = { target, to: { dataset: copy } };

/** A target that is not mounted, so that its properties alone tell. */
function hostWithTarget(): FakeZfs {
  const zfs = new FakeZfs();
  zfs.add(target, mark(newer));
  zfs.add(`${target}@daily.1`, { 'quiesce:run': 'none', 'quiesce:state': 'none' });
  zfs.add(`${target}@daily.2`, mark(older));
  return zfs;
}

const failure = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'it did not fail',
    (error: unknown) => error,
  );

describe('replicate', () => {
  it('makes a snapshot of what is in none, sends all, and keeps where the next one begins', async () => {
    const zfs = hostWithTarget();
    const report = await replicate({ ...options, transport: zfs.reach() }).run();
    expect(report.made).toMatch(/^archives\/backups@replica\.\d+$/);
    expect(report).toMatchObject({ outcome: 'success', held: [], problems: [], resumed: false });
    expect(report.sent.map(({ complete, runId }) => [runId, complete])).toEqual([
      [undefined, undefined],
      [older, true],
      [newer, true],
    ]);
    const made = (report.made ?? '').replace(/^.*@/, '');
    expect(zfs.names(`${copy}@`)).toEqual([`${copy}@daily.1`, `${copy}@daily.2`, `${copy}@${made}`]);
    expect(report.newest).toMatchObject({ snapshot: `${copy}@${made}`, runId: newer });
    expect(zfs.holds(target)).toEqual([]);
    expect(zfs.holds(copy)).toEqual([`${copy}@${made} quiesce:replica`]);
    expect(zfs.names(`${target}#`)).toEqual([report.base]);
    // As a stream that can be resumed brings none.
    expect(zfs.places.get(`${copy}@daily.2`)?.properties.get('quiesce:run')).toBe(older);
    expect(Object.fromEntries(zfs.places.get(copy)?.properties ?? [])).toMatchObject({
      ...{ readonly: 'on', canmount: 'noauto', overlay: 'off', sharenfs: 'off', sharesmb: 'off', ...mark(newer) },
      'quiesce:replica-of': zfs.places.get(target)?.guid,
    });
  });

  it('writes nothing the second time, but gives up the holds of a run that is over', async () => {
    const zfs = hostWithTarget();
    await replicate({ ...options, transport: zfs.reach() }).run();
    zfs.places.get(`${target}@daily.2`)?.holds.add(`quiesce:send:${older}`).add('by hand');
    const transport = zfs.reach();
    const report = await replicate({ ...options, transport }).run();
    expect(report).toMatchObject({ made: undefined, sent: [], sentBytes: 0 });
    expect(zfs.holds(target)).toEqual([`${target}@daily.2 by hand`]);
    const written = transport.commands.filter(({ effect, file }) => effect === 'write' && file === 'zfs');
    expect(written.map(({ args }) => args[0])).toEqual(['release', 'hold']);
  });

  it('goes on from the bookmark, and moves hold and bookmark on', async () => {
    const zfs = hostWithTarget();
    const first = await replicate({ ...options, transport: zfs.reach() }).run();
    for (const name of zfs.names(`${target}@`)) zfs.places.delete(name);
    zfs.add(`${target}@daily.3`, mark(newer));
    zfs.add(`${target}@daily.4`, mark(newer));
    const transport = zfs.reach();
    const report = await replicate({ ...options, transport }).run();
    expect(report.sent.map(({ snapshot }) => snapshot)).toEqual([`${copy}@daily.3`, `${copy}@daily.4`]);
    const sends = transport.commands.filter(({ args }) => args[0] === 'send' && args[1] !== '-nvP');
    expect(sends.map(({ args }) => args.join(' '))).toEqual([
      `send -c -L -i ${first.base ?? ''} -- ${target}@daily.3`,
      `send -c -L -I ${target}@daily.3 -- ${target}@daily.4`,
    ]);
    expect(zfs.holds(copy)).toEqual([`${copy}@daily.4 quiesce:replica`]);
    expect(zfs.names(`${target}#`)).toEqual([report.base]);
    expect(report.base).not.toBe(first.base);
  });

  it('keeps its holds after a failure, and names what gives them up', async () => {
    const zfs = hostWithTarget();
    zfs.replies.set('zfs receive', { exitCode: 1, stderr: 'cannot receive: out of luck\n' });
    const error = await failure(replicate({ ...options, transport: zfs.reach() }).run());
    if (!ReplicateFailedError.isInstance(error)) throw new Error('it did not fail so', { cause: error });
    const { held, runId } = error.report;
    expect(error.report).toMatchObject({ outcome: 'failed', newest: undefined, sent: [] });
    expect(held.map(({ snapshot, tag }) => `${snapshot} ${tag}`).sort()).toEqual(zfs.holds(target));
    expect(held[0]?.remedy).toBe(`zfs release -- quiesce:send:${runId} ${target}@daily.1`);
    zfs.replies.clear();
    expect(await replicate({ ...options, transport: zfs.reach() }).run()).toMatchObject({ made: undefined, held: [] });
    expect(zfs.holds(target)).toEqual([]);
  });

  it('begins nothing where the copy is something else', async () => {
    const zfs = hostWithTarget();
    zfs.add(copy);
    const before = zfs.names('');
    const transport = zfs.reach();
    const error = await failure(replicate({ ...options, transport }).run());
    expect(PreflightError.isInstance(error) && error.message).toContain('offsite/backups');
    expect(zfs.names('')).toEqual(before);
  });

  it('plans the same, and only reads', async () => {
    const zfs = hostWithTarget();
    const transport = zfs.reach();
    const plan = await replicate({ ...options, transport }).plan();
    expect(plan.transfers.map(({ estimatedBytes, incrementalFrom }) => [incrementalFrom, estimatedBytes])).toEqual([
      [undefined, 100],
      [`${target}@daily.1`, undefined],
    ]);
    expect(plan.toShell()).toMatch(/^zfs send -c -L -- archives\/backups@daily\.1 \| there zfs receive /m);
    expect(transport.commands.every(({ effect }) => effect === 'read')).toBe(true);
    expect(JSON.parse(JSON.stringify(plan))).toMatchObject({ recipe: 'replicate', copyExists: false });
  });
});
