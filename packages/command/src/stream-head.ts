import { finished, pipeline, Transform, type Readable, type TransformCallback } from 'node:stream';

const headBytes = 4096;

/** Hands a stream on and keeps its first 4 KiB of text: who failed says so first. */
export class StreamHead extends Transform {
  private head = '';

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    if (this.head.length < headBytes) this.head += chunk.toString('utf8').slice(0, headBytes - this.head.length);
    done(null, chunk);
  }

  text(): string {
    return this.head.trim();
  }
}

/** Passes a stream through others, and resolves when the last of them has seen all of it. */
export function passOn(source: Readable, ...through: readonly Transform[]): Promise<void> {
  pipeline([source, ...through], () => undefined);
  return new Promise((resolve) => {
    finished(through.at(-1) ?? source, { readable: false }, () => {
      resolve();
    });
  });
}
