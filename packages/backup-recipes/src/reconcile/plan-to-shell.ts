import { toShell } from '@quiesce/command';
import type { LockHolder } from '../host/lock.js';
import { comment, lockedScriptStart } from '../host/locked-script.js';
import { describeFinding, type Finding } from './finding.js';
import type { UnseenPart } from './survey/unseen.js';
import { remedyOf } from './remedy.js';

const start = lockedScriptStart([
  '# Devices and mounts are busy for moments, so unmounting and removing are tried again for 15 seconds.',
  'again() { for wait in 0.2 0.5 1 2 4 8; do "$@" && return; sleep "$wait"; done; "$@"; }',
]);

const busyForMoments: readonly Finding['kind'][] = [
  ...(['mount', 'lvm-snapshot', 'lvm-space', 'restore-volume', 'test-clone', 'test-snapshot'] as const),
];

function undo(finding: Finding): string[] {
  const lines = ['', comment(`${describeFinding(finding)}, of run ${finding.runId}`)];
  if (finding.undo.length === 0) return [...lines, comment(`It ends when its guests run: ${remedyOf(finding)}`)];
  const isBusyForMoments = busyForMoments.includes(finding.kind);
  const remedy = isBusyForMoments
    ? finding.undo.map((command) => `again env ${toShell(command)}`).join(' && ')
    : remedyOf(finding);
  return [...lines, `${remedy} || failed=1`];
}

/** Writes a plan as a shell script. */
export function planToShell(plan: {
  readonly liveRun: LockHolder | undefined;
  readonly found: readonly Finding[];
  readonly unseen: readonly UnseenPart[];
}): string {
  const { found, liveRun, unseen } = plan;
  const lines = [
    '#!/bin/sh',
    '# Undoes what runs that are over left on this host.',
    ...(liveRun === undefined ? [] : [comment(`Run ${liveRun.runId} is under way: what is of it is left out.`)]),
    ...unseen.map(({ subject, message }) => comment(`${subject} could not be looked at: ${message}`)),
    ...(found.length > 0
      ? [...start, ...found.flatMap(undo), '', 'exit $failed']
      : [unseen.length > 0 ? '# nothing was found of any run' : '# nothing is left of any run']),
  ];
  return `${lines.join('\n')}\n`;
}
