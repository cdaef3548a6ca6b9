import type { Readable } from 'node:stream';
import { finished } from 'node:stream';

/** What {@link collectWhole} and {@link collectEnds} have read so far. */
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

/**
 * Keeps a stream's bytes up to a limit; past it the rest is read and thrown away, and `onOverflow`
 * told once.
 */
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

const headBytes = 64 * 1024;
const tailBytes = 64 * 1024;

/**
 * Keeps the first and the last 64 KiB of a stream: a program says at one of the two ends why it
 * failed.
 */
export function collectEnds(stream: Readable): Collected {
  const head: Uint8Array[] = [];
  let headSize = 0;
  let tail: Uint8Array[] = [];
  let tailSize = 0;
  let overflowed = false;
  stream.on('data', (chunk: Uint8Array) => {
    const first = chunk.subarray(0, headBytes - headSize);
    // A view keeps the whole chunk in memory, and an empty one does so for nothing.
    if (first.byteLength > 0) head.push(Uint8Array.from(first));
    headSize += first.byteLength;
    const rest = chunk.subarray(first.byteLength);
    if (rest.byteLength === 0) return;
    tail.push(rest);
    tailSize += rest.byteLength;
    if (tailSize <= 2 * tailBytes) return;
    overflowed = true;
    tail = [Buffer.concat(tail).subarray(-tailBytes)];
    tailSize = tailBytes;
  });
  return {
    ended: whenEnded(stream),
    overflowed: () => overflowed || tailSize > tailBytes,
    text: () => {
      const last = Buffer.concat(tail);
      const left = last.byteLength > tailBytes || overflowed ? [Buffer.from('\n[…]\n')] : [];
      return Buffer.concat([...head, ...left, last.subarray(-tailBytes)]).toString('utf8');
    },
  };
}
