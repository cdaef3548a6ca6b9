import { isRunId } from '../run-id.js';

const prefix = 'quiesce.restore=';

/** The tag of a volume to which a restore writes still: it is taken off when all is there. */
export function restoreTag(runId: string): string {
  return `${prefix}${runId}`;
}

/** The restore that writes to the volume with these tags. Undefined for a volume that is whole. */
export function restoreOfTags(tags: readonly string[]): string | undefined {
  const ids = tags.filter((tag) => tag.startsWith(prefix)).map((tag) => tag.slice(prefix.length));
  return ids.find(isRunId);
}
