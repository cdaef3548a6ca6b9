import { quoteWord, toShell, type Command } from '@quiesce/command';
import { toVirshLine } from '@quiesce/virsh';
import { pauseFunctions } from './pause-functions.js';
import { resumeFunctions } from './resume-functions.js';
import { talkFunctions } from './talk-functions.js';

/** The commands of one guest that a pause is made of. */
export interface PauseGuest {
  readonly name: string;
  readonly uuid: string;
  /** Says its state. */
  readonly state: Command;
  readonly flush: Command;
  /** Marks it as paused by this run: see `pause-mark.ts`. */
  readonly mark: Command;
  readonly suspend: Command;
  readonly resume: Command;
  readonly readMark: Command;
  readonly unmark: Command;
  /**
   * Indices of the volumes that its disks lie on: their snapshots are worth nothing where it does
   * not stand still.
   */
  readonly volumes: readonly number[];
}

/** A volume that gets a snapshot while the guests are paused. */
export interface PauseVolume {
  readonly path: string;
  readonly snapshot: Command;
  /** Volumes of one group are dealt with one after the other. */
  readonly group: string;
}

/** What the script of a pause is made from. */
export interface PauseScriptOptions {
  readonly runId: string;
  readonly folder: string;
  /** How virsh reaches libvirt. Undefined where there are no guests. */
  readonly connectUri: string | undefined;
  /** Lists all domains, with their UUIDs. */
  readonly list: Command;
  readonly guests: readonly PauseGuest[];
  readonly volumes: readonly PauseVolume[];
  /** Numbers of volumes that get no snapshot after all. */
  readonly without: readonly number[];
  readonly flushHost: Command;
  /** Starts a unit that goes on resuming: see `resumeUnitCommand`. */
  readonly startResumeUnit: Command;
  readonly settleMs: number;
  readonly maximumPauseMs: number;
}

/** Seconds that a unit has until the first guest is paused, without `settleMs`. */
export const readySeconds = 30;

/** An array of bash with a word for each. */
function array(name: string, words: readonly string[]): string {
  return `${name}=(${words.map((word) => `\n  ${quoteWord(word)}`).join('')}${words.length === 0 ? '' : '\n'})`;
}

function hundredths(milliseconds: number): string {
  return String(Math.ceil(milliseconds / 10));
}

function groups(volumes: readonly PauseVolume[]): string[] {
  const names = [...new Set(volumes.map(({ group }) => group))];
  return names.map((name) => volumes.flatMap(({ group }, index) => (group === name ? [String(index)] : [])).join(' '));
}

/**
 * Writes the script that pauses guests, makes the snapshots of volumes and resumes the guests, all
 * on the host itself. It is the main process of a transient unit of systemd, and what systemd calls
 * when that has ended.
 */
export function pauseScript(options: PauseScriptOptions): string {
  const {
    connectUri,
    flushHost,
    folder,
    guests,
    list,
    maximumPauseMs,
    runId,
    settleMs,
    startResumeUnit,
    volumes,
    without,
  } = options;
  const lines = (command: (guest: PauseGuest) => Command): string[] =>
    guests.map((guest) => toVirshLine(command(guest)));
  return [
    '#!/bin/bash',
    `# Run ${runId} of quiesce: pauses guests while LVM makes snapshots of the volumes that their images lie on.`,
    '#   pause run      does it: the main process of a transient service',
    '#   pause end      sees what is left to do: what systemd calls when that service has ended, in whatever way',
    '#   pause resume   resumes what may be paused still, for as long as it takes: the main process of another service',
    'set -u',
    'export LC_ALL=C PATH="$PATH:/usr/sbin:/sbin" VIRSH_HISTSIZE=0',
    "trap '' PIPE HUP",
    `run_id=${quoteWord(runId)} folder=${quoteWord(folder)}`,
    `uri=${quoteWord(connectUri ?? '')}`,
    '# Times are in hundredths of a second.',
    `ready=${String(readySeconds * 100)} settle=${hundredths(settleMs)} budget=${hundredths(maximumPauseMs)}`,
    '',
    '# What virsh is told about each guest',
    array(
      'names',
      guests.map(({ name }) => name),
    ),
    array(
      'uuids',
      guests.map(({ uuid }) => uuid),
    ),
    `list=${quoteWord(toVirshLine(list))}`,
    array(
      'state',
      lines((guest) => guest.state),
    ),
    array(
      'flush',
      lines((guest) => guest.flush),
    ),
    array(
      'mark',
      lines((guest) => guest.mark),
    ),
    array(
      'suspend',
      lines((guest) => guest.suspend),
    ),
    array(
      'resume',
      lines((guest) => guest.resume),
    ),
    array(
      'read_mark',
      lines((guest) => guest.readMark),
    ),
    array(
      'unmark',
      lines((guest) => guest.unmark),
    ),
    '# The volumes that its disks lie on, by their numbers below',
    array(
      'disks',
      guests.map((guest) => guest.volumes.join(' ')),
    ),
    '',
    array(
      'volumes',
      volumes.map(({ path }) => path),
    ),
    ...volumes.map(({ snapshot }, index) => `snapshot_${String(index)}() { ${toShell(snapshot)}; }`),
    '# Volumes of one group share a lock of LVM; groups are dealt with side by side.',
    array('groups', groups(volumes)),
    `flush_host() { ${toShell(flushHost)}; }`,
    `start_resume_unit() { ${toShell(startResumeUnit)}; }`,
    '',
    talkFunctions,
    pauseFunctions,
    resumeFunctions,
    ...without.map((volume) => `made[${String(volume)}]=spoiled`),
    '# The last line: of a script that was not written whole nothing runs.',
    'case ${1-} in run) run ;; end) end ;; resume) resume_all ;; *) exit 2 ;; esac',
    '',
  ].join('\n');
}
