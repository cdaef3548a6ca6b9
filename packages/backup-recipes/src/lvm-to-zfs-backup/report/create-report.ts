import type { BackupReport, CopyReport, Outcome, VolumeReport } from './report.js';
import type { RunState, VolumeState } from '../run-state.js';

function volumeReport({ folders, journal }: RunState, volume: VolumeState, failure: Outcome): VolumeReport {
  const { facts, failed, copy, usedPercent, removed, removedMs, snapshotMade, snapshotStartedMs } = volume;
  const copied = !failed && copy?.outcome === 'success';
  const noted = journal.problems.some(({ subject, fatal }) => fatal && subject === facts.path);
  return {
    volume: facts.path,
    outcome: copied && !noted ? 'success' : failure,
    complete: folders.get(facts.folderName) === true,
    snapshot: facts.snapshotPath,
    snapshotStartedMs,
    snapshotRemovedMs: removedMs,
    snapshotUsedPercent: usedPercent,
    copy,
    checksums: volume.checksums,
    verification: volume.verification,
    snapshotRemoved: snapshotMade ? removed === true : undefined,
  };
}

/** The report of a run from what its parts noted. */
export function createReport(
  state: RunState,
  run: {
    aborted: boolean;
    hostRoot: readonly CopyReport[];
    complete: boolean;
    zfsSnapshotStartedMs: number | undefined;
    zfsSnapshotMade: boolean;
  },
): BackupReport {
  const { facts, journal, options, runId } = state;
  const durationMs = journal.now();
  const failure: Outcome = run.aborted ? 'aborted' : 'failed';
  return {
    version: 1,
    recipe: 'lvmToZfsBackup',
    runId,
    dryRun: state.isDry,
    outcome: journal.failed ? failure : 'success',
    startedAt: new Date(state.startedAtMs),
    endedAt: new Date(state.startedAtMs + durationMs),
    durationMs,
    target: options.target,
    complete: run.complete,
    zfsSnapshot: {
      name: facts.zfsSnapshot,
      made: run.zfsSnapshotMade,
      startedMs: run.zfsSnapshotStartedMs,
      holdsRun: facts.provenance.runId,
      holdsCompleteRun: facts.provenance.complete,
    },
    domains: state.domains,
    volumes: state.volumes.map((volume) => volumeReport(state, volume, failure)),
    hostRoot: run.hostRoot,
    steps: journal.steps,
    problems: journal.problems,
    leftovers: state.leftovers,
  };
}
