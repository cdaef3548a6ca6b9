import { isUtf8 } from 'node:buffer';
import { decodeText } from './text.js';

/** A path as rsync printed it, exact. */
export interface FileName {
  /** A byte that is not UTF-8 is written `\#ooo`, in octal. */
  readonly path: string;
  /** The bytes of a path that is not UTF-8. Undefined where `path` is exact. */
  readonly pathBytes: Uint8Array | undefined;
}

/** The bytes that a text of rsync stands for, one character each, with its escapes undone. */
export function unescapeBytes(text: string): string {
  const bytes = Buffer.from(text, 'utf8').toString('latin1');
  return bytes.replaceAll(/\\#([0-3][0-7]{2})/g, (_escape, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
}

/** A name from bytes, given as one character per byte. */
export function nameOfBytes(characters: string): FileName {
  const bytes = Buffer.from(characters, 'latin1');
  return { path: decodeText(characters), pathBytes: isUtf8(bytes) ? undefined : bytes };
}

/** A name as {@link decodeText} makes it of what rsync printed, with its escapes undone. */
export function readName(text: string): FileName {
  // Most names are plain, and of those there may be a hundred thousand a second.
  if (!text.includes(String.raw`\#`)) return { path: text, pathBytes: undefined };
  return nameOfBytes(unescapeBytes(text));
}
