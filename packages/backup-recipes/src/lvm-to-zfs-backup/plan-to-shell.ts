import { quoteWord, toShell } from '@quiesce/command';
import type { BackupPlan, PlannedPause, PlannedVolume } from './plan.js';

type Plan = Omit<BackupPlan, 'toShell'>;

const note = (what: string): string => `note ${quoteWord(what)}`;

function header({ lockFile, pause, provenance, readProvenance, target, volumes }: Plan): string[] {
  return [
    '#!/bin/sh',
    `# Backs up ${volumes.map(({ volume }) => volume).join(', ')} to ${target}.`,
    ...(pause === undefined
      ? []
      : [`# Pauses ${pause.domains.map(({ domain }) => domain).join(', ')} while the snapshots are made.`]),
    '# Run it as root, once, at about the time that the names of its snapshots tell.',
    'set -u',
    'export LC_ALL=C PATH="$PATH:/usr/sbin:/sbin"',
    'failed=0',
    'note() { echo "failed: $*" >&2; failed=1; }',
    '# Devices and mounts are busy for moments, so unmounting and removing are tried again for 15 seconds.',
    'again() { for wait in 0.2 0.5 1 2 4 8; do "$@" && return; sleep "$wait"; done; "$@"; }',
    '',
    '# Nothing else may write to the target meanwhile, or have done so since this was written.',
    `exec 9>${quoteWord(lockFile)}`,
    "flock --nonblock 9 || { echo 'another run writes to the target' >&2; exit 75; }",
    `if [ "$(${toShell(readProvenance)})" != ${quoteWord(provenance.join('\n'))} ]; then`,
    "  echo 'another run has written to the target since this script was made: make a new one' >&2",
    '  exit 1',
    'fi',
  ];
}

/** What undoes the work on one volume, from wherever it stands. */
function cleanUp({ volume, unmount, remove, removeFolder }: PlannedVolume, number: string): string[] {
  return [
    `space_${number}=no snapshot_${number}=no mounted_${number}=no`,
    `clean_${number}() {`,
    `  if [ $mounted_${number} = yes ]; then`,
    `    again env ${toShell(unmount)} && mounted_${number}=no || ${note(`unmount ${volume}`)}`,
    '  fi',
    `  if [ $space_${number} = yes ] && [ $mounted_${number} = no ]; then`,
    `    again env ${toShell(remove)} && space_${number}=no || ${note(`remove ${volume}`)}`,
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
        `${toShell(makeSpace)} && space_${String(index)}=yes || ${note(`prepare ${volume}`)}`,
    ),
  ];
}

function suspend({ armWatchdog, domains, settleMs }: PlannedPause, flushHost: string): string[] {
  return [
    '# The guests write out their buffers, then they are paused. A timer resumes them if this script can not.',
    ...domains.map(({ domain, flush }) => `${toShell(flush)} || ${note(`flush ${domain}`)}`),
    `sleep ${String(settleMs / 1000)}`,
    flushHost,
    ...domains.map(
      ({ resume, state }, index) =>
        `wake_${String(index)}() { ${toShell(resume)} 2>/dev/null; case "$(${toShell(state)})" in running*) ;; *) false ;; esac; }`,
    ),
    'resume() {',
    '  awake=yes',
    ...domains.map(
      ({ domain }, index) => `  again wake_${String(index)} || { ${note(`resume ${domain}`)}; awake=no; }`,
    ),
    '}',
    `${toShell(armWatchdog)} || { note watchdog; exit 1; }`,
    "trap 'resume; finish' EXIT",
    ...domains.map(({ domain, suspend: pause }) => `${toShell(pause)} || { ${note(`suspend ${domain}`)}; exit 1; }`),
  ];
}

function snapshot(volumes: readonly PlannedVolume[]): string[] {
  return volumes.flatMap(({ makeSnapshot, volume }, index) => [
    `[ $space_${String(index)} = no ] ||`,
    `  { ${toShell(makeSnapshot)} && snapshot_${String(index)}=yes; } || ${note(`snapshot ${volume}`)}`,
  ]);
}

function resume({ disarmWatchdog }: PlannedPause): string[] {
  return [
    'resume',
    'trap finish EXIT',
    '# What could not be resumed from here is left to the timer.',
    `[ $awake = no ] || ${toShell(disarmWatchdog)} || ${note('disarm the watchdog')}`,
  ];
}

function copy({ check, copy: rsync, mount, status, volume }: PlannedVolume, number: string): string[] {
  return [
    `# ${volume}`,
    `if [ $snapshot_${number} = yes ]; then`,
    `  ${toShell(check)}`,
    '  if [ $? -gt 1 ]; then',
    `    ${note(`check ${volume}`)}`,
    `  elif ${toShell(mount)}; then`,
    `    mounted_${number}=yes`,
    `    ${toShell(rsync)} || ${note(`copy ${volume}`)}`,
    '    # A snapshot that filled up has lost what it should keep, and says a word in place of the numbers.',
    `    case "$(${toShell(status)})" in *' snapshot '[0-9]*) ;; *) ${note(`snapshot of ${volume} filled up`)} ;; esac`,
    '  else',
    `    ${note(`mount ${volume}`)}`,
    '  fi',
    'fi',
    `clean_${number}`,
  ];
}

/** Writes a plan as a shell script. */
export function planToShell(plan: Plan): string {
  const { copyHostRoot, markComplete, markIncomplete, makeZfsSnapshot, pause, removeRunFolder, volumes } = plan;
  const numbered = volumes.map((volume, index) => ({ volume, number: String(index) }));
  const lines = [
    ...header(plan),
    '',
    '# What undoes everything; it does nothing where there is nothing to undo.',
    ...numbered.flatMap(({ volume, number }) => cleanUp(volume, number)),
    `finish() { ${numbered.map(({ number }) => `clean_${number}`).join('; ')}; ${toShell(removeRunFolder)} 2>/dev/null; }`,
    "trap 'exit 130' HUP INT TERM",
    'trap finish EXIT',
    '',
    ...prepare(plan),
    '',
    ...(pause === undefined ? [toShell(plan.flushHost)] : suspend(pause, toShell(plan.flushHost))),
    ...snapshot(volumes),
    ...(pause === undefined ? [] : resume(pause)),
    `${toShell(plan.settleDevices)} || { note udev; exit 1; }`,
    '',
    '# The target as the run before left it. Without that nothing is overwritten.',
    `${toShell(makeZfsSnapshot)} || exit 1`,
    `${toShell(markIncomplete)} || exit 1`,
    '',
    ...numbered.flatMap(({ volume, number }) => [...copy(volume, number), '']),
    ...(copyHostRoot === undefined
      ? []
      : ["# The host's own files", toShell(copyHostRoot), `case $? in 0 | 24) ;; *) ${note('host root')} ;; esac`, '']),
    `[ $failed -eq 1 ] || ${toShell(markComplete)} || ${note('mark the target as complete')}`,
    'exit $failed',
  ];
  return `${lines.join('\n')}\n`;
}
