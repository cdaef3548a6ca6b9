import { checkInteger, InvalidArgumentError } from '@quiesce/command';

const sectorBytes = 512;

/** A size as LVM's commands take it. LVM rounds it up to whole extents. */
export function sizeArgument(argument: string, bytes: number): string {
  if (checkInteger(argument, bytes, { minimum: sectorBytes }) % sectorBytes !== 0) {
    throw new InvalidArgumentError({ argument, value: bytes, expected: 'bytes, a multiple of 512' });
  }
  return `${String(bytes)}b`;
}

/** `--chunksize` of a snapshot. */
export function chunkSizeArguments(argument: string, bytes: number | undefined): string[] {
  if (bytes === undefined) return [];
  const powerOfTwo = Number.isInteger(Math.log2(bytes));
  if (!powerOfTwo || bytes < 4096 || bytes > 524_288) {
    throw new InvalidArgumentError({ argument, value: bytes, expected: 'bytes, a power of 2 from 4096 to 524288' });
  }
  return ['--chunksize', `${String(bytes)}b`];
}
