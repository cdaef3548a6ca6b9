import { createCommand, OutputParseError, type Command } from '@quiesce/command';

const zeroEnded = (names: readonly string[]): string => names.map((name) => `${name}\0`).join('');

const sums = `
set -u -o pipefail
cd -- "$1" || exit
xargs -0 -r b2sum --length=256 --zero -- | sed -zu 's/^\\([0-9a-f]*\\)  \\.\\//\\1 /'
`.trim();

/** The checksum of nothing. */
export const emptySum = '0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8';

/**
 * Prints the checksums of files in a folder. The names come by the standard input. See b2sum(1).
 */
export function sumsCommand(options: { folder: string; names: readonly string[] }): Command {
  const stdin = zeroEnded(options.names.map((name) => `./${name}`));
  return createCommand('bash', ['-c', sums, 'bash', options.folder], { effect: 'read', stdin });
}

/** Reads what {@link sumsCommand} prints: checksums by name. */
export function parseSums(stdout: string): ReadonlyMap<string, string> {
  const records = stdout.split('\0').slice(0, -1);
  return new Map(
    records.map((text) => {
      const { name, sum } = /^(?<sum>[0-9a-f]{64}) (?<name>[^]+)$/.exec(text)?.groups ?? {};
      if (name === undefined || sum === undefined) throw new OutputParseError('no checksum', { text });
      return [name, sum] as const;
    }),
  );
}
