import { createCommand, run } from '@quiesce/command';
import { labTransport } from '@quiesce/lab/testing';
import { createZfs } from '@quiesce/zfs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  HostBusyError,
  listBackups,
  PreflightError,
  replicate,
  ReplicateFailedError,
  type ReplicateEvent,
  type ReplicateOptions,
} from '../../src/index.js';
import { backUp, imagesFolder, makePool, removePool, runOf } from './hand-made.js';
import { schemaProblems } from '../schema.js';
import { inLab } from './support.js';

const transport = labTransport();
const zfs = createZfs({ transport });
const [source, offsite] = ['replicate-source', 'replicate-offsite'];
const target = `${source}/backups`;
const copy = `${offsite}/backups`;
const epochs = [1_364_083_186, 1_364_169_586, 1_364_255_986, 1_364_342_386] as const;

const options: ReplicateOptions = { target, to: { dataset: copy }, transport };

const backedUp = (epoch: number, before: number | undefined): string =>
  backUp({ target, epoch, before, folders: [imagesFolder(epoch, 4)] });

/** The guids of the snapshots of a dataset, by name. */
async function guids(dataset: string): Promise<Record<string, string>> {
  const found = await zfs.get({ datasets: dataset, depth: 1, types: 'snapshot', properties: 'guid' });
  return Object.fromEntries(
    Object.entries(found).map(([name, { guid }]) => [name.replace(/^.*@/, ''), guid?.value ?? '']),
  );
}

const holds = async (dataset: string): Promise<string> =>
  inLab(`zfs list -H -t snapshot -o name ${dataset} | xargs zfs holds -H | cut -f 1,2 | sort`);
const bookmarks = async (): Promise<string[]> =>
  (await inLab(`zfs list -H -t bookmark -o name -r ${target}`)).split('\n');

const failure = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'it did not fail',
    (error: unknown) => error,
  );

describe('replicate', () => {
  beforeAll(async () => {
    const pools = [source, offsite].map((pool) => removePool(pool) + makePool(pool));
    const runs = epochs.slice(0, 3).map((epoch, index) => backedUp(epoch, epochs[index - 1]));
    await inLab([...pools, `zfs create ${target}`, ...runs].join('\n'));
  });

  afterAll(async () => {
    await inLab([...[source, offsite].map(removePool), 'rm -rf /run/quiesce-replicate'].join('\n'));
  });

  it('refuses a dataset that is something else, before anything is touched', async () => {
    const dataset = `${offsite}/theirs`;
    const before = await inLab(`
      zfs create ${dataset}; zfs snapshot ${dataset}@1
      zfs list -H -t all -o name -r ${source} ${offsite}`);
    const error = await failure(replicate({ ...options, to: { dataset } }).run());
    expect(PreflightError.isInstance(error) && error.message).toContain('no snapshot that');
    expect(String(error)).toContain(dataset);
    expect(await inLab(`zfs list -H -t all -o name -r ${source} ${offsite}`)).toBe(before);
  });

  it('is alone with its target, lets backups begin, is aborted half-way and goes on from there', async () => {
    const plan = await replicate(options).plan();
    expect(schemaProblems('replicate-plan', plan)).toEqual([]);
    expect(plan.copyExists).toBe(false);
    expect(plan.transfers.map(({ intermediates }) => intermediates)).toEqual([false, true]);
    expect(plan.toShell()).toContain(' | there zfs receive ');
    const stop = new AbortController();
    const events: ReplicateEvent[] = [];
    const slow = { ...options, maximumBytesPerSecond: 400_000 };
    let told: () => void = () => undefined;
    const sending = new Promise<void>((resolve) => (told = resolve));
    const first = failure(
      replicate(slow).run({
        signal: stop.signal,
        onEvent: (event) => {
          events.push(event);
          // The first snapshot is an empty one.
          if (event.type === 'progress' && event.sentBytes > 400_000) told();
        },
      }),
    );
    await Promise.race([sending, first]);
    const [second] = await Promise.all([
      failure(replicate(options).run()),
      // A backup would get its lock now.
      run(transport, createCommand('flock', ['--nonblock', '/run/quiesce', 'true'], { effect: 'read' })),
    ]);
    expect(HostBusyError.isInstance(second)).toBe(true);
    stop.abort();
    const error = await first;
    if (!ReplicateFailedError.isInstance(error)) throw new Error('it did not fail so', { cause: error });
    expect(error.report).toMatchObject({ outcome: 'aborted', newest: undefined, resumed: false });
    expect(error.report.made).toMatch(/@replica\.\d+$/);
    expect(error.report.sentBytes).toBeGreaterThan(400_000);
    expect(error.report.held.map(({ snapshot }) => snapshot)).toHaveLength(4);
    const progress = events.filter((event) => event.type === 'progress');
    expect(progress.at(-1)?.bytesPerSecond).toBeGreaterThan(50_000);
    expect(progress.at(-1)?.remainingMs).toBeGreaterThan(0);
    // What is half-sent can't be removed.
    await expect(inLab(`zfs destroy ${error.report.held[3]?.snapshot ?? ''}`)).rejects.toThrow(/held|busy/);

    const report = await replicate(options).run();
    expect(report).toMatchObject({ outcome: 'success', resumed: true, made: undefined, held: [] });
    expect(report.sentBytes).toBeLessThan(12 * 1024 ** 2);
    // The oldest one had come whole.
    expect(report.sent).toHaveLength(3);
    expect(report.newest).toMatchObject({ snapshot: error.report.made?.replace(target, copy), complete: true });
    expect(report.newest?.runId).toBe(runOf(epochs[2]));
    expect(await guids(copy)).toEqual(await guids(target));
    expect(await holds(target)).toBe('');
    expect(await holds(copy)).toBe(`${report.newest?.snapshot ?? ''}\tquiesce:replica`);
    expect(await bookmarks()).toEqual([report.base]);
  });

  it('has nothing to do the second time, but to give up what a run that was killed has held', async () => {
    await zfs.hold({ tag: 'quiesce:send:1364342386-0badf00d', snapshots: `${target}@daily.${String(epochs[1])}` });
    const before = await inLab(`zfs list -H -t all -o name -r ${source} ${offsite}`);
    const report = await replicate(options).run();
    expect(report).toMatchObject({ outcome: 'success', made: undefined, sent: [], sentBytes: 0 });
    expect(await inLab(`zfs list -H -t all -o name -r ${source} ${offsite}`)).toBe(before);
    expect(await holds(target)).toBe('');
  });

  it('goes on from the bookmark where its base is gone, and leaves no snapshot out', async () => {
    await inLab(`
      ${backedUp(epochs[3], epochs[2])}
      zfs destroy ${target}@daily.${String(epochs[0])}%daily.${String(epochs[2])}
      zfs list -H -t snapshot -o name ${target} | grep @replica | xargs -n 1 zfs destroy`);
    const report = await replicate({ ...options, mount: true, verify: 'checksums' }).run();
    expect(report.sent.map(({ snapshot }) => snapshot)).toEqual([
      `${copy}@daily.${String(epochs[3])}`,
      report.made?.replace(target, copy),
    ]);
    expect(report.verified?.backups).toMatchObject([{ outcome: 'whole', runId: runOf(epochs[3]) }]);
    expect(await guids(copy)).toMatchObject(await guids(target));
    expect(await bookmarks()).toEqual([report.base]);
    expect(await holds(copy)).toBe(`${report.newest?.snapshot ?? ''}\tquiesce:replica`);
  });

  it('has the same runs on the copy, mounted read-only or not at all', async () => {
    const told = async (dataset: string): Promise<unknown[]> =>
      (await listBackups({ target: dataset, transport }).run()).backups
        .filter(({ snapshot }) => snapshot?.includes('daily.13640831') !== true)
        .map(({ complete, guid, madeBy, runId, snapshot }) => [
          snapshot?.replace(/^.*@/, ''),
          runId,
          complete,
          madeBy,
          snapshot === undefined ? '' : guid,
        ]);
    const here = await told(target);
    const there = await told(copy);
    expect(there).toEqual(expect.arrayContaining(here));
    await expect(inLab(`touch /${copy}/anything`)).rejects.toThrow('Read-only');
    await inLab(`zfs unmount ${copy}`);
    expect(await told(copy)).toEqual(there);
  });

  it('names snapshots that somebody made on the copy, and gives them up when told so', async () => {
    await inLab(`zfs snapshot ${copy}@mine`);
    const stuck = await failure(replicate({ ...options, rollback: true }).run());
    expect(String(stuck)).toContain(`what is on the copy alone (${copy}@mine): run it again after the next backup`);
    await inLab(`zfs snapshot ${target}@by-hand`);
    const error = await failure(replicate(options).run());
    expect(PreflightError.isInstance(error) && error.message).toContain(`${copy}@mine`);
    const report = await replicate({ ...options, rollback: true }).run();
    expect(report.newest).toMatchObject({ snapshot: `${copy}@by-hand`, runId: undefined });
    expect(Object.keys(await guids(copy))).not.toContain('mine');
  });

  it('ends what still receives of a run whose connection died, and goes on from there', async () => {
    const last = `$(zfs list -H -t snapshot -o name -s createtxg ${target} | tail -n 1)`;
    await inLab(`
      base=${last}
      ${backedUp(epochs[3] + 86_400, epochs[3])}
      zfs snapshot ${target}@cut
      left='(zfs send -I "$1" ${target}@cut | head -c 2000000; sleep 999) | zfs receive -s -u ${copy}'
      setsid sh -c "$left" sh "$base" >/dev/null 2>&1 </dev/null &
      until zfs list ${copy}@daily.${String(epochs[3] + 86_400)} >/dev/null 2>&1; do sleep 0.2; done`);
    const report = await replicate(options).run();
    expect(report).toMatchObject({ outcome: 'success', resumed: true, problems: [{ step: 'send', fatal: false }] });
    expect(report.problems[0]?.message).toContain('connection');
    expect(report.sentBytes).toBeLessThan(3.5 * 1024 ** 2);
    expect(await guids(copy)).toMatchObject(await guids(target));
    await inLab('pkill -f "^sleep 999$"');
  });
});
