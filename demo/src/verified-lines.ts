import { formatBytes, type VerifyReport } from '@quiesce/backup-recipes';
import { formatTable } from './format.js';

/** What a verification found, for people. */
export function verifiedLines({ backups, pool }: VerifyReport): string[] {
  const rows = backups.flatMap(({ folders, snapshot }) =>
    folders.map(({ bytes, folder, outcome }) => [
      snapshot === undefined ? 'now' : snapshot.replace(/^[^@]*/, ''),
      folder,
      outcome === 'unknown' ? 'no checksums are kept' : outcome,
      formatBytes(bytes),
    ]),
  );
  return [
    ...formatTable(['left', 'left', 'left', 'right'], [['state', 'folder', 'compared', 'read'], ...rows]),
    `pool ${pool?.name ?? ''}: ${pool?.state ?? 'not known'}, ${String(pool?.dataErrors ?? 0)} data errors`,
  ];
}
