import { quoteWord } from '@quiesce/command';
import { stateFolder } from '../run-folder.js';

/** A comment of a script. A name with a line break must not end it. */
export const comment = (text: string): string => `# ${text.replaceAll(/\p{Cc}+/gu, ' ')}`;

const folder = quoteWord(stateFolder);

/**
 * How a script begins that changes what runs of ours made: as root, and with the lock of the host.
 * It counts in `failed` what it could not do, and ends with `exit $failed`.
 *
 * @param functions lines before the lock is taken
 */
export function lockedScriptStart(functions: readonly string[] = []): readonly string[] {
  return [
    '# Run it as root.',
    'set -u',
    'export LC_ALL=C PATH="$PATH:/usr/sbin:/sbin"',
    'failed=0',
    ...functions,
    '',
    '# No run may be under way meanwhile.',
    `[ -d ${folder} ] || mkdir -m 700 -- ${folder} || exit 1`,
    `exec 9<${folder}`,
    "flock --nonblock 9 || { echo 'a run is under way on this host' >&2; exit 75; }",
  ];
}
