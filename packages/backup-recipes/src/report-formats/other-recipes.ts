import { createCommand, toShell } from '@quiesce/command';
import type { BootReport } from '../boot-test/report.js';
import type { CreateTargetReport } from '../create-target/report.js';
import type { PruneReport } from '../prune-snapshots/report.js';
import type { RecipeReport } from '../recipe-report.js';
import type { ReplicateReport } from '../replicate/report.js';
import type { RestoreReport } from '../restore-images/report.js';
import type { VerifyReport } from '../verify-backup/report.js';

/** What of a recipe that is no backup can be relied on, and what to type. */
export interface OtherNotice {
  readonly safe: readonly string[];
  readonly type: readonly string[];
}

function ofVerify({ backups, pool }: VerifyReport): OtherNotice {
  const whole = backups.flatMap(({ folders, snapshot = 'now' }) =>
    folders.filter(({ outcome }) => outcome === 'whole').map(({ folder }) => `${folder} (${snapshot})`),
  );
  return {
    safe: [
      'Guests and copies are as they were: it only reads.',
      whole.length === 0 ? 'No copy was found whole.' : `Found whole, to be restored from: ${whole.join(', ')}.`,
    ],
    type: pool === undefined ? [] : [toShell(createCommand('zpool', ['status', '-v', pool.name]))],
  };
}

function ofRestore({ files }: RestoreReport): OtherNotice {
  const named = (wanted: string): string[] => files.filter(({ outcome }) => outcome === wanted).map(({ to }) => to);
  const [kept, restored] = [named('kept'), named('restored')];
  return {
    safe: [
      'The target was only read.',
      ...(kept.length === 0 ? [] : [`As before: ${kept.join(', ')}.`]),
      ...(restored.length === 0 ? [] : [`Restored and compared: ${restored.join(', ')}.`]),
    ],
    type: [],
  };
}

function ofBootTest({ console: printed, guest, images, runId }: BootReport): OtherNotice {
  const from = images.map(({ folder, file }) => `${folder}/${file}`).join(', ');
  const run = runId === undefined ? '' : ` of run ${runId}`;
  return {
    safe: [
      `${guest} itself was not touched: a throw-away was started from ${from === '' ? 'a copy' : from}${run}.`,
      ...(printed.length === 0 ? [] : [`It printed last: ${printed.slice(-3).join(' | ')}`]),
    ],
    type: [],
  };
}

function ofReplicate({ copy, givenUp, newest, target }: ReplicateReport): OtherNotice {
  const upTo = newest === undefined ? '' : ` It has all up to ${newest.snapshot}.`;
  return {
    safe: [
      `What ${target} holds is as it was.`,
      givenUp.length === 0
        ? `${copy} has at least what it had.${upTo}`
        : `Of ${copy} was given up, as rollback allows: ${givenUp.join(', ')}.${upTo}`,
    ],
    type: ['# Run it again with the same options: it goes on from where it was.'],
  };
}

function ofPrune({ snapshots, target }: PruneReport): OtherNotice {
  const gone = snapshots.filter(({ outcome }) => outcome === 'destroyed').length;
  return {
    safe: [
      `What ${target} holds is as it was, and so is every snapshot that is not told of as destroyed.`,
      `Destroyed: ${String(gone)}, all of which were to go.`,
    ],
    type: ['# Run it again: it looks anew at what is to go.'],
  };
}

function ofCreateTarget({ differences, made }: CreateTargetReport): OtherNotice {
  return {
    safe: [
      'Nothing that was there was removed.',
      ...(made.length === 0 ? [] : [`Made, and still there: ${made.join(', ')}.`]),
    ],
    type: differences.some(({ canBeMended }) => canBeMended)
      ? ['# Run it with mend: true, which corrects what can be corrected.']
      : [],
  };
}

/** What a notice says of a recipe that is no backup. */
export function otherNotice(report: RecipeReport): OtherNotice {
  switch (report.recipe) {
    case 'verifyBackup':
      return ofVerify(report as VerifyReport);
    case 'restoreImages':
      return ofRestore(report as RestoreReport);
    case 'bootTest':
      return ofBootTest(report as BootReport);
    case 'replicate':
      return ofReplicate(report as ReplicateReport);
    case 'pruneSnapshots':
      return ofPrune(report as PruneReport);
    case 'createBackupTarget':
      return ofCreateTarget(report as CreateTargetReport);
    case 'reconcile':
      return { safe: ['Only what earlier runs had left was touched.'], type: [] };
    default:
      return { safe: [], type: [] };
  }
}
