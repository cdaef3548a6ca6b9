/** How far a transfer is. */
export interface TransferProgress {
  /**
   * What has gone to the other side in this stream, in bytes: of one that goes on, without what an
   * earlier call sent.
   */
  readonly sentBytes: number;
  /**
   * What zfs expected this stream to take, in bytes: some percent more or less may come. Undefined
   * where it did not say.
   */
  readonly estimatedBytes: number | undefined;
  /** How fast it went in the last seconds. */
  readonly bytesPerSecond: number;
  /** How long the rest takes at that rate, in milliseconds. Undefined where that is not known. */
  readonly remainingMs: number | undefined;
}

const reportEveryMs = 250;
const rateOverMs = 5000;

/**
 * Makes the function that is told of bytes, and tells of progress a few times in a second, and of
 * the end.
 */
export function progressMeter(
  estimatedBytes: number | undefined,
  onProgress: (progress: TransferProgress) => void,
  now: () => number = () => performance.now(),
): (sentBytes: number, isEnd?: boolean) => void {
  const samples: { readonly at: number; readonly bytes: number }[] = [{ at: now(), bytes: 0 }];
  return (sentBytes, isEnd = false) => {
    const at = now();
    const last = samples.at(-1);
    if (!isEnd && last !== undefined && at - last.at < reportEveryMs) return;
    samples.push({ at, bytes: sentBytes });
    while (samples.length > 2 && at - (samples[1]?.at ?? at) >= rateOverMs) samples.shift();
    const [first = { at, bytes: 0 }] = samples;
    const bytesPerSecond = at === first.at ? 0 : ((sentBytes - first.bytes) / (at - first.at)) * 1000;
    const left = estimatedBytes === undefined ? undefined : Math.max(0, estimatedBytes - sentBytes);
    const remainingMs = left === undefined || bytesPerSecond === 0 ? undefined : (left / bytesPerSecond) * 1000;
    onProgress({ sentBytes, estimatedBytes, bytesPerSecond, remainingMs });
  };
}
