import type { Readable } from 'node:stream';
import { finished } from 'node:stream';

/** What {@link collectWhole} and {@link collectTail} have read so far. */
export interface Collected {
  /** Resolves when the stream has ended, however it ended. */
  readonly ended: Promise<void>;
  readonly overflowed: () => boolean;
  readonly text: () => string;
}

function whenEnded(stream: Readable): Promise<void> {
  return new Promise((resolve) => {
    finished(stream, { writable: false }, () => {
      resolve();
    });
  });
}

/** Keeps a stream's bytes up to a limit; past it the rest is read and thrown away, and `onOverflow` told once. */
export function collectWhole(stream: Readable, limitBytes: number, onOverflow: () => void): Collected {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let overflowed = false;
  stream.on('data', (chunk: Uint8Array) => {
    if (overflowed) return;
    size += chunk.byteLength;
    if (size <= limitBytes) {
      chunks.push(chunk);
      return;
    }
    overflowed = true;
    onOverflow();
  });
  return {
    ended: whenEnded(stream),
    overflowed: () => overflowed,
    text: () => Buffer.concat(chunks).toString('utf8'),
  };
}

const tailBytes = 64 * 1024;

/** Keeps the last 64 KiB of a stream: a program says why it failed at the end. */
export function collectTail(stream: Readable): Collected {
  let chunks: Uint8Array[] = [];
  let size = 0;
  let overflowed = false;
  stream.on('data', (chunk: Uint8Array) => {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size <= 2 * tailBytes) return;
    const tail = Buffer.concat(chunks).subarray(-tailBytes);
    overflowed = true;
    chunks = [tail];
    size = tail.byteLength;
  });
  return {
    ended: whenEnded(stream),
    overflowed: () => overflowed,
    text: () => Buffer.concat(chunks).subarray(-tailBytes).toString('utf8'),
  };
}
