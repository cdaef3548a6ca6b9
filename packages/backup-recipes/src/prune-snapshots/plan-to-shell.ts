import { quoteWord, quoteWords, toShell } from '@quiesce/command';
import { zfsDestroyCommand } from '@quiesce/zfs';
import { stateFolder } from '../run-folder.js';
import type { PolicyWarning } from './policy.js';

/** A name with a line break must not end a comment. */
const comment = (text: string): string => `# ${text.replaceAll(/\p{Cc}+/gu, ' ')}`;

const folder = quoteWord(stateFolder);

const start = [
  '# Run it as root.',
  'set -u',
  'export LC_ALL=C PATH="$PATH:/usr/sbin:/sbin"',
  'failed=0',
  '',
  '# No run may be under way meanwhile.',
  `[ -d ${folder} ] || mkdir -m 700 -- ${folder} || exit 1`,
  `exec 9<${folder}`,
  "flock --nonblock 9 || { echo 'a run is under way on this host' >&2; exit 75; }",
  '',
  '# All that one command names go, or none: then each of them alone.',
];

/** Writes what a plan destroys as a shell script. */
export function planToShell(
  target: string,
  parts: readonly (readonly string[])[],
  warnings: readonly PolicyWarning[],
): string {
  const lines = [
    '#!/bin/sh',
    comment(`Destroys the snapshots of ${target} that the rules do not keep.`),
    ...warnings.map(({ message, subject }) => comment(`${subject}: ${message}`)),
    ...(parts.length === 0 ? ['# there is none'] : start),
    ...parts.map(
      (part) =>
        `${toShell(zfsDestroyCommand({ dataset: target, snapshots: part }))} ||\n` +
        `  for name in ${quoteWords(part)}; do zfs destroy -vp -- ${quoteWord(target)}@"$name" || failed=1; done`,
    ),
    ...(parts.length === 0 ? [] : ['exit $failed']),
  ];
  return `${lines.join('\n')}\n`;
}
