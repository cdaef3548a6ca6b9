/** Holds the newest snapshot of a copy, so that the next increment has where to begin. */
export const copyTag = 'quiesce:replica';

const sendPrefix = 'quiesce:send:';

/** Holds what a run sends on the target, until it is over. */
export function sendTag(runId: string): string {
  return `${sendPrefix}${runId}`;
}

/** Whether a hold is one of {@link sendTag}. */
export function isSendTag(tag: string): boolean {
  return tag.startsWith(sendPrefix);
}

/** Property of a copy: the guid of the dataset that it is a copy of. */
export const copyOfProperty = 'quiesce:replica-of';

/** The snapshot that a replication makes. */
export function replicaSnapshot(target: string, epochSeconds: number): string {
  return `${target}@replica.${String(epochSeconds)}`;
}

/**
 * What the bookmarks for one copy begin with. A target may have several copies, so it has the guid
 * of the copy's dataset.
 */
export function bookmarkPrefix(target: string, copyGuid: string): string {
  return `${target}#replica.${copyGuid}.`;
}

/**
 * Folder on the host of the target whose lock keeps two replications of it apart. It is another
 * lock than that of backups, which must not wait for a long transfer.
 */
export function replicateLockFolder(target: string): string {
  // A name has its limit: where two are cut to the same, one waits for the other.
  return `/run/quiesce-replicate/${encodeURIComponent(target).slice(0, 200)}`;
}
