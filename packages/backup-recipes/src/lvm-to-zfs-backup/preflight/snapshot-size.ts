const exceptionBytes = 16;

/**
 * The most space that a snapshot can ever use: every chunk of the origin, the list of the chunks,
 * and a header. It is where LVM's own lvcreate stops too. A snapshot of this size can't fill up.
 */
export function maximumSnapshotBytes(originBytes: number, chunkSizeBytes: number): number {
  const dataChunks = Math.ceil(originBytes / chunkSizeBytes);
  const exceptionsPerChunk = chunkSizeBytes / exceptionBytes;
  const metadataChunks = Math.ceil((dataChunks + 1) / exceptionsPerChunk) + 1;
  const headerChunks = 1;
  return (dataChunks + metadataChunks + headerChunks) * chunkSizeBytes;
}

/** What a snapshot takes of its group: whole extents. */
export function snapshotSizeOf(
  volume: { sizeBytes: number },
  extentSizeBytes: number,
  wanted: { snapshotSizeBytes: number; chunkSizeBytes: number },
): number {
  const usable = maximumSnapshotBytes(volume.sizeBytes, wanted.chunkSizeBytes);
  return Math.ceil(Math.min(wanted.snapshotSizeBytes, usable) / extentSizeBytes) * extentSizeBytes;
}
