import { quoteWord, toShell, type Command } from '@quiesce/command';
import { holderFile } from '../../host/lock.js';
import type { RunLimits } from '../../limits.js';
import { stateFolder } from '../../run-folder.js';
import type { BackupPlan, PlannedCopy, PlannedPause, PlannedVolume } from './backup-plan.js';

type Plan = Omit<BackupPlan, 'toShell'>;

const note = (what: string): string => `note ${quoteWord(what)}`;

function header({ pause, provenance, readProvenance, readState, runId, state, target, volumes }: Plan): string[] {
  const holder = `{"runId":"${runId}","pid":%s,"machine":"%s","hostPid":%s,"since":%s}\\n`;
  return [
    '#!/bin/sh',
    `# Backs up ${volumes.map(({ volume }) => volume).join(', ')} to ${target}.`,
    ...(pause.domains.length === 0 ? [] : [`# Pauses ${pause.domains.join(', ')} while the snapshots are made.`]),
    '# Run it as root, once, at about the time that the names of its snapshots tell.',
    'set -u',
    'export LC_ALL=C PATH="$PATH:/usr/sbin:/sbin"',
    'failed=0',
    'note() { echo "failed: $*" >&2; failed=1; }',
    '# Devices and mounts are busy for moments, so unmounting and removing are tried again for 15 seconds.',
    'again() { for wait in 0.2 0.5 1 2 4 8; do "$@" && return; sleep "$wait"; done; "$@"; }',
    '',
    '# One run at a time, and none since this was written.',
    `(umask 077 && mkdir -p -- ${stateFolder}) || exit 1`,
    `exec 9<${stateFolder}`,
    `flock --nonblock 9 || { echo 'another run is under way on this host:' >&2; cat ${holderFile} >&2; exit 75; }`,
    `printf ${quoteWord(holder)} $$ "$(uname -n)" $$ "$(date +%s)" >${holderFile}`,
    `if [ "$(${toShell(readProvenance)})" != ${quoteWord(provenance.join('\n'))} ] ||`,
    `  [ "$(${toShell(readState)})" != ${quoteWord(state.replace(/\n+$/, ''))} ]; then`,
    "  echo 'another run has written to the target since this script was made: make a new one' >&2",
    '  exit 1',
    'fi',
  ];
}

/** A command that is ended when it takes too long. */
function within(milliseconds: number, command: Command): string {
  return `timeout --kill-after=10 ${String(Math.ceil(milliseconds / 1000))} env ${toShell(command)}`;
}

/** What undoes the work on one volume, from wherever it stands. */
function cleanUp(
  { volume, unmount, remove, removeFolder }: PlannedVolume,
  number: string,
  { lvmMs, mountMs }: RunLimits,
): string[] {
  return [
    `space_${number}=no snapshot_${number}=no mounted_${number}=no copied_${number}=no whole_${number}=no`,
    `clean_${number}() {`,
    `  if [ $mounted_${number} = yes ]; then`,
    `    again ${within(mountMs, unmount)} && mounted_${number}=no || ${note(`unmount ${volume}`)}`,
    '  fi',
    `  if [ $space_${number} = yes ] && [ $mounted_${number} = no ]; then`,
    `    again ${within(lvmMs, remove)} && space_${number}=no || ${note(`remove ${volume}`)}`,
    '  fi',
    `  ${toShell(removeFolder)} 2>/dev/null`,
    '}',
  ];
}

function prepare({ makeFolders, volumes }: Plan): string[] {
  return [
    '# The space for the snapshots',
    toShell(makeFolders),
    ...volumes.map(
      ({ makeSpace, volume }, index) =>
        `space_${String(index)}=yes; ${toShell(makeSpace)} || ${note(`prepare ${volume}`)}`,
    ),
  ];
}

/**
 * The host does the pause by itself, as a service: whatever happens to this script, the guests run
 * again.
 */
function pauseLines({ events, script, start, writeScript }: PlannedPause, volumes: readonly PlannedVolume[]): string[] {
  return [
    '# The pause, which is a service of the host: it ends well by itself, whatever happens to this script.',
    `${toShell(writeScript)} <<'QUIESCE_PAUSE' || exit 1`,
    `${script}QUIESCE_PAUSE`,
    toShell(start),
    ...volumes.map(
      ({ volume }, index) =>
        `if grep -q ' frozen ${String(index)}$' ${quoteWord(events)}; then snapshot_${String(index)}=yes; else ${note(`snapshot ${volume}`)}; fi`,
    ),
    `[ -e ${quoteWord(events)} ] || { note 'the pause did not begin'; exit 1; }`,
    'flushed=yes',
    `! grep -q ' unflushed ' ${quoteWord(events)} || { flushed=no; note 'a guest could not be told to write out its buffers'; }`,
    `grep -q ' ended$' ${quoteWord(events)} || note 'a guest is hard to resume, and a service goes on trying: see systemctl list-units quiesce-*'`,
  ];
}

/** One copy up to its end, verified where that is wanted. */
function copyAnd({ breakLinks, checksums, copy: rsync, open, verify }: PlannedCopy): string {
  const compare = verify && `${toShell(verify)} | tr '\\0' '\\n' | grep -qx 'differences 0'`;
  const commands = [open, breakLinks, rsync].map((command) => toShell(command));
  // A copy without them is a copy all the same.
  const sums = checksums && `{ ${toShell(checksums)} >/dev/null || echo 'its checksums are not kept' >&2; }`;
  return [...commands, sums, compare].filter((line) => line !== undefined).join(' && ');
}

function copy({ check, copy: planned, isMounted, mount, status, volume }: PlannedVolume, number: string): string[] {
  return [
    `# ${volume}`,
    `if [ $snapshot_${number} = yes ]; then`,
    `  ${check === undefined ? 'true' : toShell(check)}`,
    '  if [ $? -gt 1 ]; then',
    `    ${note(`check ${volume}`)}`,
    `  elif ${toShell(mount)}; then`,
    `    mounted_${number}=yes`,
    `    if ${copyAnd(planned)}; then copied_${number}=yes; else ${note(`copy ${volume}`)}; fi`,
    '    # Whoever has unmounted it meanwhile has left an empty folder to copy.',
    `    ${toShell(isMounted)} || { copied_${number}=no; ${note(`${volume} was unmounted by someone else`)}; }`,
    '    # A snapshot that filled up has lost what it should keep, and says a word in place of the numbers.',
    `    case "$(${toShell(status)})" in *' snapshot '[0-9]*) ;; *) copied_${number}=no; ${note(`snapshot of ${volume} filled up`)} ;; esac`,
    `    if [ $copied_${number} = yes ] && [ $flushed = yes ]; then`,
    `      ${toShell(planned.complete)} && whole_${number}=yes || ${note(`copy ${volume}`)}`,
    '    fi',
    '  else',
    `    ${note(`mount ${volume}`)}`,
    '  fi',
    'fi',
    `clean_${number}`,
  ];
}

/** The host's own files change while they are copied: that some vanish is no failure. */
function copyHostRoot(copies: readonly PlannedCopy[]): string[] {
  if (copies.length === 0) return ['whole_host=yes', ''];
  const steps = copies.flatMap(({ again, breakLinks, complete, copy: rsync, open }) => [
    `  ${toShell(open)} && ${toShell(breakLinks)} || return`,
    `  ${toShell(rsync)}; code=$?`,
    ...(again === undefined ? [] : [`  if [ $code = 23 ]; then ${toShell(again)}; code=$?; fi`]),
    '  case $code in 0 | 24) ;; *) return 1 ;; esac',
    `  ${toShell(complete)} || return`,
  ]);
  return [
    "# The host's own files",
    'copy_host_root() {',
    ...steps,
    '}',
    `if copy_host_root; then whole_host=yes; else whole_host=no; ${note('host root')}; fi`,
    '',
  ];
}

/** Writes a plan as a shell script. */
export function planToShell(plan: Plan): string {
  const { completeTarget, hostRoot, markComplete, markIncomplete, makeZfsSnapshot, openTarget, pause, volumes } = plan;
  const numbered = volumes.map((volume, index) => ({ volume, number: String(index) }));
  const lines = [
    ...header(plan),
    '',
    '# What undoes everything; it does nothing where there is nothing to undo.',
    ...numbered.flatMap(({ volume, number }) => cleanUp(volume, number, plan.limits)),
    'finish() {',
    `  ${toShell(pause.stop)} 2>/dev/null`,
    ...numbered.map(({ number }) => `  clean_${number}`),
    `  ${toShell(plan.removeRunFolder)} 2>/dev/null`,
    '  # What is not over goes on with its script.',
    `  if [ ! -e ${quoteWord(pause.events)} ] || grep -q ' ended$' ${quoteWord(pause.events)}; then ${toShell(pause.forget)}; fi`,
    `  rm -f -- ${holderFile}`,
    '}',
    "trap 'exit 130' HUP INT TERM",
    'trap finish EXIT',
    '',
    ...prepare(plan),
    '',
    ...pauseLines(pause, volumes),
    `${toShell(plan.settleDevices)} || { note udev; exit 1; }`,
    '',
    '# The target as the run before left it. Without that nothing is overwritten.',
    `${within(plan.limits.zfsMs, makeZfsSnapshot)} || exit 1`,
    `${within(plan.limits.zfsMs, markIncomplete)} || exit 1`,
    `${within(plan.limits.smallMs, openTarget)} <<'QUIESCE_GUESTS' || exit 1`,
    `${openTarget.stdin?.toString() ?? ''}QUIESCE_GUESTS`,
    '',
    ...numbered.flatMap(({ volume, number }) => [...copy(volume, number), '']),
    ...copyHostRoot(hostRoot),
    '# Complete is what holds nothing but complete folders, those of other runs too.',
    `if ${['host', ...numbered.map(({ number }) => number)].map((what) => `[ $whole_${what} = yes ]`).join(' && ')} && ${within(plan.limits.smallMs, completeTarget)}; then`,
    `  ${within(plan.limits.zfsMs, markComplete)} || ${note('mark the target as complete')}`,
    'else',
    `  ${note('not every folder of the target is complete')}`,
    'fi',
    'exit $failed',
  ];
  return `${lines.join('\n')}\n`;
}
