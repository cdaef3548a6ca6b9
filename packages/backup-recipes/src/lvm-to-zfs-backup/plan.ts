import type { Command } from '@quiesce/command';
import { lvconvertCommand, lvcreateCommand, lvremoveCommand } from '@quiesce/lvm';
import { syncCommand as rsyncCommand } from '@quiesce/rsync';
import { domstateCommand, resumeCommand, sendKeyCommand, suspendCommand } from '@quiesce/virsh';
import { setCommand, snapshotCommand } from '@quiesce/zfs';
import { syncCommand, udevadmSettleCommand } from '../host/flush.js';
import { mkdirCommand, rmdirCommand } from '../host/folders.js';
import { fsckCommand } from '../host/fsck.js';
import { mountCommand, umountCommand } from '../host/mount.js';
import { snapshotStatusCommand } from '../host/snapshot-status.js';
import { disarmWatchdogCommand } from '../host/watchdog.js';
import { createClients } from './context.js';
import { copyOptions } from './copy.js';
import { emergencySync } from './flush.js';
import { hostRootJob } from './host-root.js';
import { lockFileOf } from './names.js';
import { snapshotOptions } from './pause.js';
import { planToShell } from './plan-to-shell.js';
import { isRunning } from './domains.js';
import type { HostFacts, VolumeFacts } from './host-facts.js';
import { preflight } from './preflight.js';
import { spaceOptions } from './prepare.js';
import { provenanceProperties, provenanceValues, readProvenanceCommand, snapshotProperties } from './provenance.js';
import type { ResolvedOptions } from './resolve-options.js';
import { createRunId } from './run-id.js';
import { removeOptions, volumeCopyJob } from './volume.js';
import { watchdogCommand, watchdogUnit } from './watchdog.js';

/** What would be done with one volume. */
export interface PlannedVolume {
  readonly volume: string;
  readonly snapshot: string;
  readonly makeSpace: Command;
  /** The one thing that is done while the guests are paused. */
  readonly makeSnapshot: Command;
  readonly check: Command;
  readonly mount: Command;
  readonly copy: Command;
  /** Says whether the snapshot has filled up meanwhile. */
  readonly status: Command;
  readonly unmount: Command;
  readonly remove: Command;
  readonly removeFolder: Command;
}

/** What would be done with one guest that runs. `run` gives those of all guests to one virsh, which goes on after a failure. */
export interface PlannedDomain {
  readonly domain: string;
  readonly flush: Command;
  readonly suspend: Command;
  readonly resume: Command;
  /** Says whether it runs again. */
  readonly state: Command;
}

/** What would be done with the guests that run. */
export interface PlannedPause {
  readonly domains: readonly PlannedDomain[];
  /** Time for the guests to write out their buffers, in milliseconds. */
  readonly settleMs: number;
  readonly armWatchdog: Command;
  readonly disarmWatchdog: Command;
}

/** What `run` would do on the host as it is now. Everything but `toShell` is data. */
export interface BackupPlan {
  readonly version: 1;
  readonly recipe: 'lvmToZfsBackup';
  readonly epochSeconds: number;
  readonly target: string;
  readonly zfsSnapshot: string;
  /** Locked on the host while a run is under way. */
  readonly lockFile: string;
  /** Says which run's data the target holds. */
  readonly readProvenance: Command;
  /** What `readProvenance` printed when the plan was made: the ZFS snapshot is marked with it. */
  readonly provenance: readonly string[];
  readonly makeFolders: Command;
  readonly volumes: readonly PlannedVolume[];
  /** Undefined where none of the guests runs. */
  readonly pause: PlannedPause | undefined;
  readonly flushHost: Command;
  readonly settleDevices: Command;
  readonly makeZfsSnapshot: Command;
  readonly markIncomplete: Command;
  /** Undefined where it is left out. */
  readonly copyHostRoot: Command | undefined;
  readonly markComplete: Command;
  readonly removeRunFolder: Command;
  /** A shell script that does the same, to read, to keep and to run by hand. */
  toShell(): string;
}

function planVolume(
  facts: VolumeFacts,
  state: { options: ResolvedOptions; facts: HostFacts },
  runId: string,
): PlannedVolume {
  const device = facts.snapshotPath;
  return {
    volume: facts.path,
    snapshot: device,
    makeSpace: lvcreateCommand(spaceOptions(facts, runId)),
    makeSnapshot: lvconvertCommand(snapshotOptions(state, { facts })),
    check: fsckCommand({ device }),
    mount: mountCommand({ device, folder: facts.mountFolder }),
    copy: rsyncCommand(copyOptions(state, volumeCopyJob(state, { facts }))),
    status: snapshotStatusCommand({ mapperName: facts.snapshotMapperName }),
    unmount: umountCommand({ folder: facts.mountFolder }),
    remove: lvremoveCommand(removeOptions(facts, runId)),
    removeFolder: rmdirCommand({ folders: [facts.mountFolder] }),
  };
}

function planPause(
  { settleMs, maximumPauseMs }: ResolvedOptions,
  facts: HostFacts,
  runId: string,
): PlannedPause | undefined {
  const running = facts.domains.filter(isRunning);
  if (running.length === 0) return undefined;
  return {
    domains: running.map(({ name, uuid }) => ({
      domain: name,
      flush: sendKeyCommand({ domain: uuid, keys: emergencySync }),
      suspend: suspendCommand({ domain: uuid }),
      resume: resumeCommand({ domain: uuid }),
      state: domstateCommand({ domain: uuid }),
    })),
    settleMs,
    armWatchdog: watchdogCommand(runId, maximumPauseMs, running),
    disarmWatchdog: disarmWatchdogCommand({ unit: watchdogUnit(runId) }),
  };
}

/** Looks at the host and plans a run. */
export async function planBackup(options: ResolvedOptions, signal: AbortSignal | undefined): Promise<BackupPlan> {
  const facts = await preflight(options, createClients(options), signal);
  const runId = createRunId(facts.epochSeconds);
  const { target } = options;
  const hostRoot = hostRootJob({ facts, options });
  const mark = (complete: boolean): Command =>
    setCommand({ datasets: [target], properties: provenanceProperties({ runId, complete }) });
  const plan: Omit<BackupPlan, 'toShell'> = {
    version: 1,
    recipe: 'lvmToZfsBackup',
    epochSeconds: facts.epochSeconds,
    target,
    zfsSnapshot: facts.zfsSnapshot,
    lockFile: lockFileOf(target),
    readProvenance: readProvenanceCommand(target),
    provenance: provenanceValues(facts.provenance),
    makeFolders: mkdirCommand({ folders: facts.volumes.map(({ mountFolder }) => mountFolder) }),
    volumes: facts.volumes.map((volume) => planVolume(volume, { options, facts }, runId)),
    pause: planPause(options, facts, runId),
    flushHost: syncCommand(),
    settleDevices: udevadmSettleCommand(),
    makeZfsSnapshot: snapshotCommand({
      snapshots: [facts.zfsSnapshot],
      properties: snapshotProperties(facts.provenance),
    }),
    markIncomplete: mark(false),
    copyHostRoot: hostRoot === undefined ? undefined : rsyncCommand(copyOptions({ options }, hostRoot)),
    markComplete: mark(true),
    removeRunFolder: rmdirCommand({ folders: [`${options.mountRoot}/${String(facts.epochSeconds)}`] }),
  };
  return { ...plan, toShell: () => planToShell(plan) };
}
