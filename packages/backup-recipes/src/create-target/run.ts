import { CommandError } from '@quiesce/command';
import { createZfs, type Zfs } from '@quiesce/zfs';
import { takeHostLock } from '../host-lock.js';
import { Journal } from '../journal.js';
import type { RunRecipeOptions } from '../recipe.js';
import { createRunId } from '../run-id.js';
import { CreateTargetFailedError } from './create-target-failed-error.js';
import { look, type TargetLook } from './look.js';
import type { ResolvedCreateOptions } from './options.js';
import type { CreateTargetEvent, CreateTargetReport, CreateTargetStep, TargetDifference } from './report.js';
import { datasetOptions, poolOptions } from './wanted.js';

type CreateJournal = Journal<CreateTargetStep>;

/** What was done so far. */
interface Done {
  readonly made: string[];
  readonly mended: TargetDifference[];
  last: TargetLook;
}

async function mend(zfs: Zfs, { limits, pool }: ResolvedCreateOptions, wrong: TargetDifference): Promise<void> {
  const { object, property, wanted: value } = wrong;
  const call = { timeoutMs: limits.zfsMs };
  if (object === pool) await zfs.pool.set({ ...call, pool, property, value });
  else await zfs.set({ ...call, datasets: object, properties: { [property]: value } });
}

async function makeAll(
  zfs: Zfs,
  options: ResolvedCreateOptions,
  journal: CreateJournal,
  { done, signal }: { done: Done; signal: AbortSignal | undefined },
): Promise<void> {
  const { limits, pool, target } = options;
  const { datasetExists, differences, poolExists } = done.last;
  const call = { signal, timeoutMs: limits.zfsMs };
  if (!poolExists) {
    await journal.step('pool', pool, () => zfs.pool.create({ ...call, ...poolOptions(options) }));
    done.made.push(pool);
  }
  if (!datasetExists) {
    await journal.step('dataset', target, () => zfs.create({ ...call, ...datasetOptions(options) }));
    done.made.push(target);
  }
  for (const wrong of options.mend ? differences.filter(({ canBeMended }) => canBeMended) : []) {
    signal?.throwIfAborted();
    const isMended = await journal.attempt('mend', `${wrong.object} ${wrong.property}`, () =>
      mend(zfs, options, wrong),
    );
    if (isMended) done.mended.push(wrong);
  }
  if (datasetExists && done.last.folder === undefined && (await look(zfs, options, signal)).folder === undefined) {
    const mounting = { signal, timeoutMs: limits.mountMs, filesystem: target };
    await journal.step('mount', target, () => zfs.mount(mounting));
  }
}

/** What is not as it was asked for, and what to do about it. */
function noteDifferences(journal: CreateJournal, { mend: isMending }: ResolvedCreateOptions, last: TargetLook): void {
  for (const { canBeMended, object, property, value, wanted } of last.differences) {
    const way = canBeMended
      ? isMending
        ? 'it could not be set'
        : 'mend: true sets it, for what is written from then on'
      : 'that can only be given when a dataset is made, so make another';
    const message = `its ${property} is ${value} and not ${wanted}: ${way}`;
    journal.problem('compare', object, new CommandError(message));
  }
}

function reportOf(
  journal: CreateJournal,
  { target }: ResolvedCreateOptions,
  { done, isAborted, startedAtMs }: { done: Done; startedAtMs: number; isAborted: boolean },
): CreateTargetReport {
  const durationMs = journal.now();
  const failure = isAborted ? 'aborted' : 'failed';
  return {
    ...{ version: 1, recipe: 'createBackupTarget', outcome: journal.failed ? failure : 'success' },
    ...{ startedAt: new Date(startedAtMs), endedAt: new Date(startedAtMs + durationMs), durationMs, target },
    ...{ made: done.made, mended: done.mended, differences: done.last.differences, folder: done.last.folder },
    ...{ steps: journal.steps, problems: journal.problems },
  };
}

/** Makes a target, or sees to it that it is as it was asked for. */
export async function runCreateTarget(
  options: ResolvedCreateOptions,
  { onEvent, signal }: RunRecipeOptions<CreateTargetEvent>,
): Promise<CreateTargetReport> {
  signal?.throwIfAborted();
  const { target, transport } = options;
  const startedAt = Date.now();
  const journal: CreateJournal = new Journal<CreateTargetStep>('preflight', onEvent);
  const zfs = createZfs({ transport });
  await using lock = await takeHostLock(transport, createRunId(Math.floor(startedAt / 1000)));
  const last = await journal.step('preflight', target, () => look(zfs, options, signal));
  const done: Done = { made: [], mended: [], last };
  for (const remark of last.remarks) journal.problem('preflight', target, new CommandError(remark), false);
  try {
    await makeAll(zfs, options, journal, { done, signal });
    done.last = await journal.step('compare', target, () => look(zfs, options, signal));
    noteDifferences(journal, options, done.last);
  } catch (error) {
    if (!journal.failed) journal.problem(journal.latest, target, error);
  }
  const times = { startedAtMs: startedAt + lock.clockOffsetMs, isAborted: signal?.aborted === true };
  const report = reportOf(journal, options, { done, ...times });
  if (report.outcome !== 'success') throw new CreateTargetFailedError(report, journal.errors);
  return report;
}
