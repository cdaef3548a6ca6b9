import type { KeptFiles } from '../host/kept-files.js';
import type { FolderEntry } from '../host/restore-files.js';
import type { PreflightProblem } from '../preflight-error.js';
import type { BackupState } from '../target/states.js';
import type { FolderState } from '../target/target-state.js';
import type { ResolvedRestoreOptions } from './options.js';
import type { RestoreWarning } from './report.js';

const shownNames = 5;

/** Names as text: the first ones, and how many more. */
function listed(names: readonly string[]): string {
  const more = names.length - shownNames;
  return `${names.slice(0, shownNames).join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`;
}

/** What was found of one folder, and what was kept of it when it was frozen. */
export interface FoundFolder {
  readonly folder: FolderState;
  readonly entries: readonly FolderEntry[];
  readonly kept: KeptFiles;
  /** Names that were asked for and are not there: they are told of already. */
  readonly missing: readonly string[];
}

/** Why it is not known that the copy is what was frozen, or is known that it is not. */
function unsound({ entries, kept, missing }: FoundFolder): string | undefined {
  if (kept.kind === 'broken') return 'its checksums are broken, so nothing tells whether it is whole';
  if (kept.kind !== 'known') return undefined;
  const types = new Map(entries.map(({ name, type }) => [name, type]));
  const told = new Set(missing);
  const gone = [...kept.files].flatMap(([name, { type }]) =>
    types.get(name) === type || told.has(name) ? [] : [name],
  );
  return gone.length === 0 ? undefined : `not all that was frozen is in it any more: ${listed(gone)}`;
}

/**
 * What is to be said of a folder by what was kept of it. With `incomplete: 'allow'` nothing of that
 * keeps it from being restored.
 */
export function keptProblems(
  { incomplete, target }: Pick<ResolvedRestoreOptions, 'incomplete' | 'target'>,
  { snapshot }: Pick<BackupState, 'snapshot'>,
  found: FoundFolder,
): { readonly problems: readonly PreflightProblem[]; readonly warnings: readonly RestoreWarning[] } {
  const { folder, kept } = found;
  const subject = `${snapshot ?? target}: ${folder.folder}`;
  const why = unsound(found);
  if (why !== undefined) {
    if (incomplete === 'allow')
      return { problems: [], warnings: [{ subject, message: `${why}: what is there is restored` }] };
    const instead = `take another state, see listBackups; or give backup: '${snapshot ?? 'now'}' and incomplete: 'allow' for what is there`;
    return { problems: [{ option: 'backup', value: subject, problem: `${why}: ${instead}` }], warnings: [] };
  }
  // Of the host's own files none are kept.
  if (kept.kind === 'known' || !folder.source.startsWith('/dev/')) return { problems: [], warnings: [] };
  const message = 'no checksums of its run are kept, so what is restored is compared with the copy in the target alone';
  return { problems: [], warnings: [{ subject, message }] };
}
