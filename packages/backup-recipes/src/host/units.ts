import { createCommand, type Command } from '@quiesce/command';
import { runFolder } from '../run-folder.js';
import { isRunId } from '../run-id.js';

/** Name of the unit that pauses the guests of a run. */
export function pauseUnit(runId: string): string {
  return `quiesce-pause-${runId}.service`;
}

/** Name of the unit that resumes what the unit of the pause could not. */
export function resumeUnit(runId: string): string {
  return `quiesce-resume-${runId}.service`;
}

/** Name of the unit in which a run copies one thing. */
export function copyUnit(runId: string, what: string): string {
  return `quiesce-copy-${runId}-${what}.scope`;
}

/** What the units of all runs are found by. */
export const unitPatterns: readonly string[] = [pauseUnit('*'), resumeUnit('*'), copyUnit('*', '*')];

/** What a unit does. */
export type UnitRole = 'pause' | 'resume' | 'copy';

const roles: readonly (readonly [UnitRole, RegExp])[] = [
  ['pause', /^quiesce-pause-(?<runId>.+)\.service$/],
  ['resume', /^quiesce-resume-(?<runId>.+)\.service$/],
  ['copy', /^quiesce-copy-(?<runId>\d+-[0-9a-f]+)-\d+[a-z]*\.scope$/],
];

/** What a unit does, and for which run. Undefined for a unit that is none of ours. */
export function roleOfUnit(unit: string): { readonly role: UnitRole; readonly runId: string } | undefined {
  for (const [role, pattern] of roles) {
    const { runId } = pattern.exec(unit)?.groups ?? {};
    if (runId !== undefined && isRunId(runId)) return { role, runId };
  }
  return undefined;
}

/**
 * A command that runs in a unit of its own. It and its children can be found and ended by that,
 * should the link to the host or the program that started it be gone. See systemd-run(1),
 * `--scope`.
 */
export function inScope(command: Command, { description, unit }: { unit: string; description: string }): Command {
  const { args, file, ...rest } = command;
  const properties = ['--property=TimeoutStopSec=10'];
  const words = ['--scope', '--quiet', '--collect', `--unit=${unit}`, `--description=${description}`, ...properties];
  return createCommand('systemd-run', [...words, '--', file, ...args], rest);
}

/**
 * File of the script that both units run. systemd would expand words, so it gets this and never the
 * script.
 */
function pauseFile(runId: string): string {
  return `${runFolder(runId)}/pause`;
}

function scriptWords(runId: string, verb: 'run' | 'end' | 'resume'): string[] {
  return ['/bin/bash', pauseFile(runId), verb];
}

/**
 * Runs the script of a pause as a service of the host, and ends with it. The service goes on by
 * itself when this command is cut off. See systemd-run(1).
 */
export function startPauseUnitCommand(options: { runId: string; maximumSeconds: number }): Command {
  const { runId, maximumSeconds } = options;
  const properties = [
    // LVM must not be killed in the middle of what it does; virsh dies with the script, which sees
    // to that itself.
    'KillMode=process',
    `RuntimeMaxSec=${String(maximumSeconds)}`,
    'TimeoutStopSec=10',
    `ExecStopPost=${scriptWords(runId, 'end').join(' ')}`,
  ];
  return createCommand(
    'systemd-run',
    [
      ...['--quiet', '--wait', '--pipe', '--collect', `--unit=${pauseUnit(runId)}`],
      '--description=Pauses guests while snapshots of their volumes are made',
      ...properties.map((property) => `--property=${property}`),
      ...['--', ...scriptWords(runId, 'run')],
    ],
    { effect: 'write' },
  );
}

/** Starts a service that goes on resuming the guests of a run for a day. See systemd-run(1). */
export function startResumeUnitCommand({ runId }: { runId: string }): Command {
  return createCommand(
    'systemd-run',
    [
      ...['--quiet', '--no-block', '--collect', `--unit=${resumeUnit(runId)}`],
      '--description=Resumes guests that a backup paused',
      // A part of it that is ended from outside, as for want of memory, must not be the end of it.
      // It ends by itself after a day.
      ...['--property=Restart=on-failure', '--property=RestartSec=5', '--property=OOMPolicy=continue'],
      '--property=RuntimeMaxSec=90000',
      ...['--', ...scriptWords(runId, 'resume')],
    ],
    { effect: 'write' },
  );
}

/** Stops units. What a unit does when it ends it still does. See systemctl(1). */
export function stopUnitsCommand(options: { units: readonly string[] }): Command {
  return createCommand('systemctl', ['stop', '--', ...options.units], { effect: 'write' });
}

/** Tells the state of units, patterns among them. See systemctl(1). */
export function unitStatesCommand(options: { units: readonly string[] }): Command {
  return createCommand('systemctl', ['show', '--property=Id,ActiveState', '--', ...options.units], { effect: 'read' });
}

/** One unit of systemd. */
export interface UnitState {
  readonly unit: string;
  /** As systemd names it: `active`, `inactive`, `deactivating`, …. */
  readonly state: string;
}

/** Reads what {@link unitStatesCommand} prints. */
export function parseUnitStates(stdout: string): UnitState[] {
  return stdout.split('\n\n').flatMap((block) => {
    const fields = new Map(block.split('\n').map((line) => [line.replace(/=.*$/, ''), line.replace(/^[^=]*=/, '')]));
    const [unit, state] = [fields.get('Id'), fields.get('ActiveState')];
    return unit === undefined || state === undefined ? [] : [{ unit, state }];
  });
}

/** Whether a unit still does something. */
export function isBusy({ state }: UnitState): boolean {
  return ['active', 'activating', 'deactivating', 'reloading'].includes(state);
}
