import { Transform, type TransformCallback } from 'node:stream';

/** One thing that the script on the other side tells: see `ssh-remote-line.ts`. */
export interface ControlRecord {
  readonly kind: string;
  readonly value: string;
}

const longestRecord = 64;

/**
 * Takes the records `<token>:<kind>:<value>;` out of a stream, wherever they stand and however it
 * is cut into chunks, and hands on all the rest.
 */
export class ControlRecords extends Transform {
  private held = '';
  private readonly token: string;
  private readonly onRecord: (record: ControlRecord) => void;

  constructor(token: string, onRecord: (record: ControlRecord) => void) {
    super();
    this.token = token;
    this.onRecord = onRecord;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    // One character per byte, so nothing is lost on the way through a string.
    let text = this.held + chunk.toString('latin1');
    let passed = '';
    for (;;) {
      const start = text.indexOf(this.token);
      const end = start === -1 ? -1 : text.indexOf(';', start);
      if (start === -1 || end === -1) break;
      const [, kind = '', value = ''] = text.slice(start, end).split(':');
      this.onRecord({ kind, value });
      passed += text.slice(0, start);
      text = text.slice(end + 1);
    }
    const keep = this.unfinished(text);
    this.held = text.slice(text.length - keep);
    done(null, Buffer.from(passed + text.slice(0, text.length - keep), 'latin1'));
  }

  override _flush(done: TransformCallback): void {
    done(null, Buffer.from(this.held, 'latin1'));
  }

  /** How many characters at the end may be the beginning of a record. */
  private unfinished(text: string): number {
    const start = text.indexOf(this.token);
    if (start !== -1) return text.length - start <= longestRecord ? text.length - start : 0;
    for (let length = Math.min(this.token.length - 1, text.length); length > 0; length -= 1) {
      if (this.token.startsWith(text.slice(-length))) return length;
    }
    return 0;
  }
}
