import { createCommand, OutputParseError, type Command } from '@quiesce/command';
import { manifestHead } from '../target/manifest-head.js';

const zeroEnded = (names: readonly string[]): string => names.map((name) => `${name}\0`).join('');

const keptSums = `
set -u
export LC_ALL=C
mapfile -d '' -t records <"$1" 2>/dev/null || exit 0
[ "\${records[0]-}" = "$2" ] && [ "\${records[-1]}" = "end $((\${#records[@]} - 2))" ] || exit 0
declare -A wanted=()
while IFS= read -r -d '' name; do wanted[/$name]=yes; done
for record in "\${records[@]}"; do
  case $record in 's '*) rest=\${record#s }; [ -z "\${wanted[/\${rest#* }]-}" ] || printf '%s\\0' "$rest" ;; esac
done
`.trim();

/**
 * Prints the checksums that were kept of files, where they are those of that run. The names come by
 * the standard input. See bash(1).
 */
export function keptSumsCommand(options: { manifest: string; runId: string; names: readonly string[] }): Command {
  const { manifest, names, runId } = options;
  const words = ['-c', keptSums, 'bash', manifest, manifestHead(runId)];
  return createCommand('bash', words, { effect: 'read', stdin: zeroEnded(names) });
}

const sums = `
set -u -o pipefail
cd -- "$1" || exit
xargs -0 -r b2sum --length=256 --zero -- | sed -zu 's/^\\([0-9a-f]*\\)  \\.\\//\\1 /'
`.trim();

/**
 * Prints the checksums of files in a folder. The names come by the standard input. See b2sum(1).
 */
export function sumsCommand(options: { folder: string; names: readonly string[] }): Command {
  const stdin = zeroEnded(options.names.map((name) => `./${name}`));
  return createCommand('bash', ['-c', sums, 'bash', options.folder], { effect: 'read', stdin });
}

/** Reads what {@link keptSumsCommand} and {@link sumsCommand} print: checksums by name. */
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
