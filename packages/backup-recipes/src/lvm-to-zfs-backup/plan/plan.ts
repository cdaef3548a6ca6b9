import type { Command } from '@quiesce/command';
import { lvcreateCommand, lvremoveCommand } from '@quiesce/lvm';
import { rsyncCommand } from '@quiesce/rsync';
import { zfsSetCommand, zfsSnapshotCommand } from '@quiesce/zfs';
import { createClients } from '../../clients.js';
import { isRunning } from '../../domains.js';
import { udevadmSettleCommand } from '../../host/flush.js';
import { mkdirCommand, rmdirCommand } from '../../host/folders.js';
import { fsckCommand } from '../../host/fsck.js';
import { mountCommand, mountpointCommand, umountCommand } from '../../host/mount.js';
import { removeRunFoldersCommand, writeRunFileCommand } from '../../host/run-files.js';
import { snapshotStatusCommand } from '../../host/snapshot-status.js';
import { pauseUnit, stopUnitsCommand } from '../../host/units.js';
import {
  provenanceProperties,
  provenanceValues,
  readProvenanceCommand,
  snapshotProperties,
} from '../../target/provenance.js';
import {
  completeFolderCommand,
  completeTargetCommand,
  openFolderCommand,
  openTargetCommand,
  proveFolderCommand,
  readTargetStateCommand,
} from '../../target/target-commands.js';
import { writeManifestCommand } from '../../target/manifest.js';
import { runFolder } from '../../run-folder.js';
import { createRunId } from '../../run-id.js';
import { keepOptions } from '../copy/keep-checksums.js';
import { breakLinksCommand } from '../copy/break-links.js';
import { copyOptions, type CopyJob } from '../copy/copy-options.js';
import { hostRootJobs } from '../copy/host-root.js';
import { inCopyScope } from '../copy/in-unit.js';
import { placeOf } from '../copy/target.js';
import { verifyOptions } from '../copy/verify-copy.js';
import { verifyCommand } from '../copy/verify.js';
import { removeOptions, volumeCopyJob, volumeFolder } from '../copy/volume.js';
import type { ResolvedOptions } from '../options/resolve-options.js';
import { pauseScriptOf, startPauseCommand, type PausePlanOptions } from '../pause/pause-script-of.js';
import { spaceOptions } from '../pause/prepare.js';
import type { VolumeFacts } from '../preflight/host-facts.js';
import { preflight } from '../preflight/preflight.js';
import type { BackupPlan, PlannedCopy, PlannedPause, PlannedVolume } from './backup-plan.js';
import { planToShell } from './plan-to-shell.js';

function planCopy(
  { facts, options, runId }: PausePlanOptions,
  job: CopyJob,
): Pick<PlannedCopy, 'source' | 'breakLinks' | 'copy' | 'again'> {
  const { folder, isLive, number, source, subject } = job;
  const sync = rsyncCommand(copyOptions(options, facts.targetFolder, job));
  const links = breakLinksCommand({ source, destination: `${facts.targetFolder}/${folder}` });
  return {
    source: subject,
    breakLinks: inCopyScope(links, { runId, number, task: 'links' }),
    copy: inCopyScope(sync, { runId, number }),
    again: isLive ? inCopyScope(sync, { runId, number, task: 'again' }) : undefined,
  };
}

function planVolume(facts: VolumeFacts, number: number, state: PausePlanOptions): PlannedVolume {
  const { runId } = state;
  const folder = { ...volumeFolder(facts), runId };
  const verify = verifyOptions(state, { facts });
  const keep = keepOptions(state, { facts });
  const device = facts.snapshotPath;
  return {
    volume: facts.path,
    snapshot: device,
    makeSpace: lvcreateCommand(spaceOptions(facts, runId)),
    check: facts.isChecked ? fsckCommand({ device }) : undefined,
    mount: mountCommand({ device, folder: facts.mountFolder, fileSystem: facts.fileSystem }),
    copy: {
      ...planCopy(state, volumeCopyJob(facts, number)),
      open: openFolderCommand(placeOf(state), folder),
      verify: verify && inCopyScope(verifyCommand(verify), { runId, number, task: 'verify' }),
      checksums: keep && inCopyScope(writeManifestCommand(placeOf(state), keep), { runId, number, task: 'sums' }),
      complete: completeFolderCommand(placeOf(state), folder),
    },
    isMounted: mountpointCommand({ folder: facts.mountFolder }),
    status: snapshotStatusCommand({ mapperName: facts.snapshotMapperName }),
    unmount: umountCommand({ folder: facts.mountFolder }),
    remove: lvremoveCommand(removeOptions(facts, runId)),
    removeFolder: rmdirCommand({ folders: [facts.mountFolder] }),
  };
}

function planHostRoot(state: PausePlanOptions): PlannedCopy[] {
  const { hostRoot } = state.options;
  if (hostRoot === undefined) return [];
  const place = placeOf(state);
  const jobs = hostRootJobs(state);
  const whole = { folder: hostRoot.folder, source: hostRoot.source, place: hostRoot.source, runId: state.runId };
  return jobs.map((job, index) => ({
    ...planCopy(state, job),
    verify: undefined,
    checksums: undefined,
    open: index === 0 ? openFolderCommand(place, whole) : proveFolderCommand(place, job),
    complete: index === jobs.length - 1 ? completeFolderCommand(place, whole) : proveFolderCommand(place, job),
  }));
}

function planPause(state: PausePlanOptions): PlannedPause {
  const { facts, options, runId } = state;
  const folder = runFolder(runId);
  const script = pauseScriptOf(state);
  return {
    domains: facts.domains.filter(isRunning).map(({ name }) => name),
    script,
    writeScript: writeRunFileCommand({ folder, name: 'pause', content: script }),
    start: startPauseCommand(options, runId),
    stop: stopUnitsCommand({ units: [pauseUnit(runId)] }),
    events: `${folder}/events`,
    forget: removeRunFoldersCommand({ runIds: [runId] }),
  };
}

/** Looks at the host and plans a run. */
export async function planBackup(options: ResolvedOptions, signal: AbortSignal | undefined): Promise<BackupPlan> {
  const epochSeconds = options.epochSeconds ?? Math.floor(Date.now() / 1000);
  const runId = createRunId(epochSeconds);
  const facts = await preflight(options, createClients(options), { ...options, epochSeconds, runId, signal });
  const state = { facts, options, runId };
  const { target } = options;
  const place = placeOf(state);
  const mark = (complete: boolean): Command =>
    zfsSetCommand({ datasets: [target], properties: provenanceProperties({ runId, complete }) });
  const plan: Omit<BackupPlan, 'toShell'> = {
    version: 1,
    recipe: 'lvmToZfsBackup',
    runId,
    epochSeconds,
    target,
    zfsSnapshot: facts.zfsSnapshot,
    limits: options.limits,
    readProvenance: readProvenanceCommand(target),
    provenance: provenanceValues(facts.properties),
    readState: readTargetStateCommand(place),
    state: facts.state,
    makeFolders: mkdirCommand({ folders: facts.volumes.map(({ mountFolder }) => mountFolder) }),
    volumes: facts.volumes.map((volume, number) => planVolume(volume, number, state)),
    pause: planPause(state),
    settleDevices: udevadmSettleCommand(),
    makeZfsSnapshot: zfsSnapshotCommand({
      snapshots: [facts.zfsSnapshot],
      properties: snapshotProperties(facts.provenance, facts.verified),
    }),
    markIncomplete: mark(false),
    openTarget: openTargetCommand(place, { runId, guests: facts.guests }),
    hostRoot: planHostRoot(state),
    completeTarget: completeTargetCommand(place, { runId }),
    markComplete: mark(true),
    removeRunFolder: rmdirCommand({ folders: [`${options.mountRoot}/${runId}`] }),
  };
  return { ...plan, toShell: () => planToShell(plan) };
}
