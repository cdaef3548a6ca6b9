import { randomBytes } from 'node:crypto';

/** Names one run: the time of its snapshots, and something that no other run has. */
export function createRunId(epochSeconds: number): string {
  return `${String(epochSeconds)}-${randomBytes(4).toString('hex')}`;
}

/** Whether something is named after a run. */
export function isRunId(text: string): boolean {
  return /^\d+-[0-9a-f]{8}$/.test(text);
}

/** When a run was, by its id. Undefined for what is no id. */
export function timeOfRun(runId: string): Date | undefined {
  return isRunId(runId) ? new Date(Number(runId.replace(/-.*$/, '')) * 1000) : undefined;
}

/** The tag of every volume that a run makes is this and the run's id. */
const runTagPrefix = 'quiesce.run=';

/** The tag of every volume that one run makes. */
export function runTag(runId: string): string {
  return `${runTagPrefix}${runId}`;
}

/** The run that made the volume with these tags. Undefined where no run of ours did. */
export function runOfTags(tags: readonly string[]): string | undefined {
  const ids = tags.filter((tag) => tag.startsWith(runTagPrefix)).map((tag) => tag.slice(runTagPrefix.length));
  return ids.find(isRunId);
}
