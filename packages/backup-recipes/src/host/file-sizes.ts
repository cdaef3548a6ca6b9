import { createCommand, OutputParseError, parseInteger, type Command } from '@quiesce/command';

/** How large a file is. */
export interface FileSize {
  /** Its length, in bytes. */
  readonly sizeBytes: number;
  /** What it takes up on its file system, in bytes: less where it has holes, or is compressed. */
  readonly allocatedBytes: number;
}

/**
 * Tells the sizes of regular files. What is not there is left out. The paths go by the standard
 * input. See stat(1) and xargs(1).
 */
export function fileSizesCommand(options: { paths: readonly string[] }): Command {
  const stdin = options.paths.map((path) => `${path}\0`).join('');
  const stat = ['stat', String.raw`--printf=%f %s %b %B %n\0`, '--'];
  return createCommand('xargs', ['--null', '--no-run-if-empty', ...stat], { stdin, effect: 'read' });
}

/** Exit codes of {@link fileSizesCommand}: all was there, or something was not. */
export const fileSizesSuccessCodes: readonly number[] = [0, 123];

const row = /^(?<mode>[0-9a-f]+) (?<size>\d+) (?<blocks>\d+) (?<unit>\d+) (?<path>[^]+)$/;

/** Reads what {@link fileSizesCommand} prints, by path. What is no regular file is left out. */
export function parseFileSizes(stdout: string): ReadonlyMap<string, FileSize> {
  const rows = stdout.split('\0').filter((text) => text !== '');
  return new Map(
    rows.flatMap((text) => {
      const { blocks, mode, path, size, unit } = row.exec(text)?.groups ?? {};
      if (mode === undefined || path === undefined) {
        throw new OutputParseError('stat did not tell what it was asked for', { text });
      }
      if ((Number.parseInt(mode, 16) & 0xf0_00) !== 0x80_00) return [];
      const allocatedBytes = parseInteger('blocks', blocks ?? '') * parseInteger('unit', unit ?? '');
      return [[path, { sizeBytes: parseInteger('size', size ?? ''), allocatedBytes }] as const];
    }),
  );
}
