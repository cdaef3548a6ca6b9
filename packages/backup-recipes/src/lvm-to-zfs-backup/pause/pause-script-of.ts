import { lvconvertCommand } from '@quiesce/lvm';
import {
  virshDomstateCommand,
  virshListCommand,
  virshResumeCommand,
  virshSendKeyCommand,
  virshSuspendCommand,
  type LinuxKey,
} from '@quiesce/virsh';
import type { DomainFacts } from '../../domains.js';
import { syncCommand } from '../../host/flush.js';
import { startPauseUnitCommand, startResumeUnitCommand } from '../../host/units.js';
import { markCommand, readMark, unmarkCommand } from '../../pause-mark.js';
import { runFolder } from '../../run-folder.js';
import type { ResolvedOptions } from '../options/resolve-options.js';
import type { HostFacts, VolumeFacts } from '../preflight/host-facts.js';
import { pauseScript, readySeconds, type PauseGuest, type PauseVolume } from './pause-script.js';

/** Alt+SysRq+S: a Linux guest writes out its buffers. */
const emergencySync: readonly LinuxKey[] = ['KEY_LEFTALT', 'KEY_SYSRQ', 'KEY_S'];

function guestOf({ name, uuid: domain }: DomainFacts, volumes: readonly number[], runId: string): PauseGuest {
  return {
    name,
    uuid: domain,
    state: virshDomstateCommand({ domain }),
    flush: virshSendKeyCommand({ domain, keys: emergencySync }),
    mark: markCommand({ domain, runId }),
    suspend: virshSuspendCommand({ domain }),
    resume: virshResumeCommand({ domain }),
    readMark: readMark({ domain }).command,
    unmark: unmarkCommand({ domain }),
    volumes,
  };
}

function volumeOf({ path, snapshotPath, volumeGroup }: VolumeFacts, { chunkSizeBytes }: ResolvedOptions): PauseVolume {
  const snapshot = lvconvertCommand({
    type: 'snapshot',
    origin: path,
    volume: snapshotPath,
    chunkSizeBytes,
    // The space was cleared when it was made, and udev is waited for after the pause: see
    // docs/decisions.
    zero: false,
    udevSync: false,
  });
  return { path, group: volumeGroup, snapshot };
}

/** What the script of a run's pause is written from. */
export interface PausePlanOptions {
  readonly runId: string;
  readonly options: ResolvedOptions;
  readonly facts: HostFacts;
}

/**
 * The script of a run's pause.
 *
 * @param without - Numbers of the volumes that get no snapshot after all.
 */
export function pauseScriptOf({ facts, options, runId }: PausePlanOptions, without: readonly number[] = []): string {
  const { maximumPauseMs, settleMs } = options;
  return pauseScript({
    runId,
    folder: runFolder(runId),
    connectUri: facts.connectUri,
    list: virshListCommand({ all: true }),
    guests: facts.domains.map((domain) => guestOf(domain, facts.disksOn.get(domain.uuid) ?? [], runId)),
    volumes: facts.volumes.map((volume) => volumeOf(volume, options)),
    without,
    flushHost: syncCommand({ folders: facts.volumes.flatMap(({ mountPoint }) => mountPoint ?? []) }),
    startResumeUnit: startResumeUnitCommand({ runId }),
    settleMs,
    maximumPauseMs,
  });
}

/** Seconds after which systemd ends the script of a pause, should it not end by itself. */
export function unitSeconds({ maximumPauseMs, settleMs }: ResolvedOptions): number {
  return readySeconds + Math.ceil((2 * settleMs + maximumPauseMs) / 1000);
}

/** The command that runs a pause. */
export function startPauseCommand(options: ResolvedOptions, runId: string): ReturnType<typeof startPauseUnitCommand> {
  return startPauseUnitCommand({ runId, maximumSeconds: unitSeconds(options) });
}
