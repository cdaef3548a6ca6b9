import { quoteWord, quoteWords, toShell } from '@quiesce/command';
import { zfsDestroyCommand } from '@quiesce/zfs';
import { comment, lockedScriptStart } from '../host/locked-script.js';
import type { PolicyWarning } from './policy.js';

const start = [...lockedScriptStart(), '', '# All that one command names go, or none: then each of them alone.'];

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
