import { CommandError, run, type CallOptions } from '@quiesce/command';
import { createZfs, type Zfs } from '@quiesce/zfs';
import { Journal } from '../journal.js';
import { PreflightError } from '../preflight-error.js';
import type { RunRecipeOptions } from '../recipe.js';
import { accessTo } from '../target/in-state.js';
import { isUnreadable, readStates, type BackupState } from '../target/states.js';
import { readTargetStateCommand } from '../target/target-commands.js';
import { parseTargetState } from '../target/target-state.js';
import { verifiedProperty, verifiedText } from '../target/verified.js';
import { compareFolder } from './compare-folder.js';
import type { ResolvedVerifyOptions } from './options.js';
import type {
  PoolHealth,
  VerifiedBackup,
  VerifiedFolder,
  VerifyEvent,
  VerifyProgressEvent,
  VerifyReport,
  VerifyStep,
} from './report.js';
import { VerifyFailedError } from './verify-failed-error.js';

type VerifyJournal = Journal<VerifyStep, VerifyProgressEvent>;

/** What the parts of one run share. */
interface VerifyState {
  readonly options: ResolvedVerifyOptions;
  readonly journal: VerifyJournal;
  readonly zfs: Zfs;
  readonly signal: AbortSignal | undefined;
}

const nameOf = ({ options }: VerifyState, { snapshot }: Pick<BackupState, 'snapshot'>): string =>
  snapshot ?? options.target;

/** The states that were asked for. */
export function chosenStates(options: ResolvedVerifyOptions, states: readonly BackupState[]): BackupState[] {
  const { backups, target } = options;
  const [now, ...snapshots] = states;
  if (now?.folder === undefined) {
    const problem = `it is not mounted, so nothing in it can be read: zfs mount ${target}`;
    throw new PreflightError([{ option: 'target', value: target, problem }]);
  }
  if (backups === 'now') return [now];
  if (backups === 'all') return [now, ...snapshots];
  const found = backups.map((name) => (name === 'now' ? now : snapshots.find(({ snapshot }) => snapshot === name)));
  const problems = backups.flatMap((value, index) =>
    found[index] === undefined
      ? [{ option: `backups[${String(index)}]`, value, problem: 'there is no such snapshot: see listBackups' }]
      : [],
  );
  if (problems.length > 0) throw new PreflightError(problems);
  return found.filter((state) => state !== undefined);
}

async function scrub({ journal, options, signal, zfs }: VerifyState, pool: string): Promise<void> {
  await journal.attempt('scrub', pool, async () => {
    const call: CallOptions = { signal, timeoutMs: options.limits.verifyMs };
    await zfs.pool.scrub({ pools: pool, signal, timeoutMs: options.limits.zfsMs });
    await zfs.pool.waitForScrub({
      ...call,
      pool,
      onProgress: ({ issuedBytes: doneBytes = 0, totalBytes = 0 }) => {
        journal.emit({ type: 'progress', subject: pool, doneBytes, totalBytes, startedMs: journal.now() });
      },
    });
  });
}

async function lookAtPool(
  { journal, options, signal, zfs }: VerifyState,
  pool: string,
): Promise<PoolHealth | undefined> {
  let health: PoolHealth | undefined;
  await journal.attempt('pool', pool, async () => {
    const call: CallOptions = { signal, timeoutMs: options.limits.readMs };
    const [status] = await zfs.pool.status({ ...call, pools: pool });
    if (status === undefined) throw new CommandError(`zpool says nothing of the pool ${pool}`);
    const { dataErrors, scan, state } = status;
    const damagedFiles = (dataErrors ?? 0) > 0 ? await zfs.pool.damagedFiles({ ...call, pool }) : [];
    const scrubbed = scan?.function === 'SCRUB' && scan.state === 'FINISHED' ? scan : undefined;
    health = {
      ...{ name: pool, state, dataErrors, damagedFiles },
      ...{ scrubbedAt: scrubbed?.endedAt, scrubErrors: scrubbed?.errors },
    };
    const wrong = [
      ...(state === 'ONLINE' ? [] : [`it is ${state}`]),
      ...((dataErrors ?? 0) > 0
        ? [`it has lost data (${String(dataErrors)}): ${damagedFiles.slice(0, 5).join(', ')}`]
        : []),
    ];
    if (wrong.length > 0) throw new CommandError(`${wrong.join('; ')}: see zpool status -v ${pool}`);
  });
  return health;
}

const problemOf: Readonly<
  Record<Exclude<VerifiedFolder['outcome'], 'whole' | 'failed'>, (folder: VerifiedFolder) => string>
> = {
  damaged: ({ different, differences }) =>
    `it is not what was frozen, ${String(differences)} names differ: ${different.slice(0, 5).join(', ')}`,
  incomplete: ({ runId }) => `run ${runId} did not copy all of it`,
  broken: () => 'its checksums are damaged, so it was not compared: see zpool status -v',
  unknown: () => 'no checksums of its run are kept, so it was not compared',
  changed: () => 'a run wrote to it meanwhile, so nothing can be said: verify it again',
};

/** Of the host's own files, which are not frozen, no checksums are kept. */
function hasNoChecksums({ folders }: BackupState, { folder, outcome }: VerifiedFolder): boolean {
  const source = folders.find((one) => one.folder === folder)?.source;
  return outcome === 'unknown' && source?.startsWith('/dev/') !== true;
}

function outcomeOf(backup: BackupState, all: readonly VerifiedFolder[]): VerifiedBackup['outcome'] {
  if (backup.runId === undefined) return 'nothing';
  const folders = all.filter((folder) => !hasNoChecksums(backup, folder));
  const order = ['damaged', 'changed', 'incomplete', 'broken', 'failed'] as const;
  const worst = order.find((outcome) => folders.some((folder) => folder.outcome === outcome));
  if (worst !== undefined) return worst;
  if (!folders.some(({ outcome }) => outcome === 'whole')) return 'not-compared';
  return folders.every(({ outcome }) => outcome === 'whole') ? 'whole' : 'partly';
}

/** Compares one state, folder by folder. */
async function compareState(state: VerifyState, backup: BackupState): Promise<VerifiedFolder[]> {
  const { journal, options, signal } = state;
  const folders: VerifiedFolder[] = [];
  for (const folder of backup.folders) {
    const subject = `${nameOf(state, backup)}/${folder.folder}`;
    const { folder: name, runId } = folder;
    let found: VerifiedFolder = {
      ...{ folder: name, runId, outcome: 'failed', files: 0, bytes: 0, differences: 0, different: [] },
    };
    await journal.attempt('verify', subject, async () => {
      signal?.throwIfAborted();
      found = await compareFolder(options.transport, {
        ...{ signal, timeoutMs: options.limits.verifyMs, access: accessTo(backup), folder },
        onProgress: (doneBytes, totalBytes) => {
          journal.emit({ type: 'progress', subject, doneBytes, totalBytes, startedMs: journal.now() });
        },
      });
    });
    folders.push(found);
  }
  return folders;
}

/** What a run wrote to meanwhile is not what was compared. */
async function stillSame(
  state: VerifyState,
  backup: BackupState,
  folders: VerifiedFolder[],
): Promise<VerifiedFolder[]> {
  const { folder: targetFolder, snapshot } = backup;
  if (snapshot !== undefined || targetFolder === undefined) return folders;
  const { options, signal } = state;
  const { limits, transport } = options;
  const call = { signal, timeoutMs: limits.smallMs };
  const { stdout } = await run(transport, readTargetStateCommand({ targetFolder }), call);
  const now = parseTargetState(stdout);
  return folders.map((folder) => {
    if (folder.outcome === 'failed') return folder;
    const found = now.folders.find((one) => one.folder === folder.folder);
    const isSame = found?.runId === folder.runId && found.complete === (folder.outcome !== 'incomplete');
    return isSame ? folder : { ...folder, outcome: 'changed', differences: 0, different: [] };
  });
}

async function verifyState(state: VerifyState, backup: BackupState): Promise<VerifiedBackup> {
  const { journal, options, signal, zfs } = state;
  const { at, runId, snapshot } = backup;
  const name = nameOf(state, backup);
  if (isUnreadable(backup)) {
    const reason = `nothing can be read of run ${runId ?? ''}, which wrote it: see zpool status, and verify it again`;
    journal.problem('verify', name, new CommandError(reason));
    return { snapshot, runId, at, outcome: 'failed', folders: [] };
  }
  const compared = await compareState(state, backup);
  const folders = await stillSame(state, backup, compared).catch((error: unknown) => {
    journal.problem('verify', name, error);
    return compared;
  });
  for (const folder of folders) {
    // Of one that failed the problems tell already.
    if (folder.outcome === 'whole' || folder.outcome === 'failed' || hasNoChecksums(backup, folder)) continue;
    const error = new CommandError(problemOf[folder.outcome](folder));
    // That nothing was kept is no sign that anything is wrong.
    journal.problem('verify', `${name}/${folder.folder}`, error, folder.outcome !== 'unknown');
  }
  if (runId === undefined) journal.problem('verify', name, new CommandError('no run of ours wrote it'), false);
  const outcome = outcomeOf(backup, folders);
  if (outcome === 'not-compared') {
    const reason = 'no checksums of its run are kept, so nothing of it was compared: back up with checksums: true';
    journal.problem('verify', name, new CommandError(reason));
  }
  const isCompared = compared.every((folder) => folder.outcome !== 'failed');
  if (runId !== undefined && isCompared && (outcome === 'whole' || outcome === 'partly' || outcome === 'damaged')) {
    await journal.attempt('mark', name, async () => {
      const properties = { [verifiedProperty]: verifiedText(runId, { at: new Date(), outcome }) };
      await zfs.set({ datasets: [name], properties, signal, timeoutMs: options.limits.zfsMs });
    });
  }
  return { snapshot, runId, at, outcome, folders };
}

/** Compares what a target holds with the checksums that were kept, and looks at its pool. */
export async function runVerify(
  options: ResolvedVerifyOptions,
  { onEvent, signal }: RunRecipeOptions<VerifyEvent>,
): Promise<VerifyReport> {
  signal?.throwIfAborted();
  const { limits, target, transport } = options;
  const journal: VerifyJournal = new Journal<VerifyStep, VerifyProgressEvent>('preflight', onEvent);
  const startedAt = new Date();
  const zfs = createZfs({ transport });
  const state: VerifyState = { options, journal, zfs, signal };
  const call: CallOptions = { signal, timeoutMs: limits.readMs };
  const chosen = await journal.step('preflight', target, async () =>
    chosenStates(options, await readStates({ transport, zfs }, target, call)),
  );
  const [pool = ''] = target.split('/');
  if (options.scrub) await scrub(state, pool);
  const health = await lookAtPool(state, pool);
  const backups: VerifiedBackup[] = [];
  for (const backup of chosen) {
    if (signal?.aborted === true) break;
    backups.push(await verifyState(state, backup));
  }
  if (backups.every(({ outcome }) => outcome === 'nothing') && signal?.aborted !== true) {
    const reason = 'nothing was compared: no run of ours wrote any of it; is the name of the target right?';
    journal.problem('verify', target, new CommandError(reason));
  }
  if (signal?.aborted === true && !journal.failed) journal.problem(journal.latest, target, signal.reason);
  const failure = signal?.aborted === true ? 'aborted' : 'failed';
  const durationMs = journal.now();
  const report: VerifyReport = {
    ...{ version: 1, recipe: 'verifyBackup', outcome: journal.failed ? failure : 'success' },
    ...{ startedAt, endedAt: new Date(startedAt.getTime() + durationMs), durationMs, target, pool: health, backups },
    ...{ steps: journal.steps, problems: journal.problems },
  };
  if (report.outcome !== 'success') throw new VerifyFailedError(report, journal.errors);
  return report;
}
