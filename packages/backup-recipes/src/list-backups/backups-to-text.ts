import { formatBytes, formatMoment, visible } from '../report-formats/format.js';
import { layOutTable } from '../report-formats/lay-out.js';
import type { BackupList, ListedBackup } from './report.js';

/** How {@link backupsToText} writes. */
export interface BackupsToTextOptions {
  /**
   * How wide the terminal is, in characters. A table that is wider becomes paragraphs.
   * @default 80
   */
  readonly columns?: number;
}

function completeWord({ complete, folders, runId }: ListedBackup): string {
  if (complete === undefined) return runId === undefined ? 'nothing of ours' : 'not known';
  if (complete) return 'yes';
  const torn = folders.flatMap((folder) => (folder.complete ? [] : [folder.folder]));
  return torn.length === 0 ? 'NO' : `NO: ${torn.join(', ')}`;
}

function guestsOf({ guests }: ListedBackup): string {
  return guests.map(({ complete, name }) => (complete ? name : `${name} (NOT complete)`)).join(', ');
}

function rowOf(backup: ListedBackup): string[] {
  const { at, madeBy, referencedBytes, snapshot, usedBytes, verified } = backup;
  const name = snapshot === undefined ? 'now' : snapshot.replace(/^[^@]*/, '');
  return [
    madeBy === 'other' ? `${name} (made by others)` : name,
    at === undefined ? '' : formatMoment(at),
    completeWord(backup),
    guestsOf(backup),
    referencedBytes === undefined ? '' : formatBytes(referencedBytes),
    snapshot === undefined || usedBytes === undefined ? '' : formatBytes(usedBytes),
    verified === undefined ? '' : `${verified.outcome}, ${formatMoment(verified.at)}`,
  ].map(visible);
}

/**
 * What a target holds, for people: a table for a terminal or a log, the newest first.
 *
 * @example
 * ```ts
 * const list = await listBackups({ target: 'archives/backups' }).run();
 * process.stdout.write(backupsToText(list, { columns: process.stdout.columns }));
 * ```
 */
export function backupsToText(list: BackupList, { columns = 80 }: BackupsToTextOptions = {}): string {
  const table = [
    { heading: list.target },
    { heading: 'data of' },
    { heading: 'complete' },
    { heading: 'guests' },
    { heading: 'refers to', isNumber: true },
    { heading: 'its own', isNumber: true },
    { heading: 'verified' },
  ];
  const problems = list.problems.map(({ message, subject }) => visible(`warning: ${subject}: ${message}`));
  return [...layOutTable(table, list.backups.map(rowOf), columns), ...problems].map((line) => `${line}\n`).join('');
}
