import { isUtf8 } from 'node:buffer';

const wellFormed =
  /[\x00-\x7f]+|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|([\x80-\xff])/g;

const escaped = (byte: string): string => String.raw`\#` + byte.charCodeAt(0).toString(8).padStart(3, '0');

/**
 * Text from bytes, given as one character per byte. A byte that is not UTF-8 becomes `\#ooo`, its
 * octal number, which is how rsync writes a byte that it can't show: so nothing is lost.
 */
export function decodeText(bytes: string): string {
  if (!/[\x80-\xff]/.test(bytes)) return bytes;
  const buffer = Buffer.from(bytes, 'latin1');
  if (isUtf8(buffer)) return buffer.toString('utf8');
  const valid = bytes.replaceAll(wellFormed, (sequence: string, stray: string | undefined) =>
    stray === undefined ? sequence : escaped(stray),
  );
  return Buffer.from(valid, 'latin1').toString('utf8');
}
