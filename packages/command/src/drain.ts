import type { Readable } from 'node:stream';

/**
 * Reads all that is left of a stream and throws it away, whoever else reads it or waits to: a
 * program that has ended must not look alive because nobody took what it printed.
 */
export function drain(stream: Readable): void {
  const take = (): void => {
    while (!stream.destroyed && stream.read() !== null);
  };
  // `resume` would do nothing while somebody iterates over the stream.
  stream.on('readable', take);
  take();
}
