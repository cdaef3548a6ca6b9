/** First record of a manifest, by which it is known whose data it tells of. */
export function manifestHead(runId: string): string {
  return `quiesce-manifest 1 ${runId}`;
}
