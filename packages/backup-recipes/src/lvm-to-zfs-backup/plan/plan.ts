import type { Command } from '@quiesce/command';
import { lvcreateCommand, lvremoveCommand } from '@quiesce/lvm';
import { syncCommand as rsyncCommand } from '@quiesce/rsync';
import { setCommand, snapshotCommand } from '@quiesce/zfs';
import { createClients } from '../../clients.js';
import { isRunning } from '../../domains.js';
import { udevadmSettleCommand } from '../../host/flush.js';
import { mkdirCommand, rmdirCommand } from '../../host/folders.js';
import { fsckCommand } from '../../host/fsck.js';
import { mountCommand, umountCommand } from '../../host/mount.js';
import { removeRunFoldersCommand, writeRunFileCommand } from '../../host/run-files.js';
import { snapshotStatusCommand } from '../../host/snapshot-status.js';
import { pauseUnit, stopUnitsCommand } from '../../host/units.js';
import { provenanceProperties, provenanceValues, readProvenanceCommand, snapshotProperties } from '../../provenance.js';
import { runFolder } from '../../run-folder.js';
import { createRunId } from '../../run-id.js';
import { copyOptions } from '../copy/copy-options.js';
import { hostRootJob } from '../copy/host-root.js';
import { removeOptions, volumeCopyJob } from '../copy/volume.js';
import type { ResolvedOptions } from '../options/resolve-options.js';
import { pauseScriptOf, startPauseCommand, type PausePlanOptions } from '../pause/pause-script-of.js';
import { spaceOptions } from '../pause/prepare.js';
import type { VolumeFacts } from '../preflight/host-facts.js';
import { preflight } from '../preflight/preflight.js';
import type { BackupPlan, PlannedPause, PlannedVolume } from './backup-plan.js';
import { planToShell } from './plan-to-shell.js';

function planVolume(facts: VolumeFacts, state: PausePlanOptions): PlannedVolume {
  const { runId } = state;
  const device = facts.snapshotPath;
  return {
    volume: facts.path,
    snapshot: device,
    makeSpace: lvcreateCommand(spaceOptions(facts, runId)),
    check: facts.isChecked ? fsckCommand({ device }) : undefined,
    mount: mountCommand({ device, folder: facts.mountFolder, fileSystem: facts.fileSystem }),
    copy: rsyncCommand(copyOptions(state, volumeCopyJob(state, { facts }))),
    status: snapshotStatusCommand({ mapperName: facts.snapshotMapperName }),
    unmount: umountCommand({ folder: facts.mountFolder }),
    remove: lvremoveCommand(removeOptions(facts, runId)),
    removeFolder: rmdirCommand({ folders: [facts.mountFolder] }),
  };
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
  const hostRoot = hostRootJob({ facts, options });
  const mark = (complete: boolean): Command =>
    setCommand({ datasets: [target], properties: provenanceProperties({ runId, complete }) });
  const plan: Omit<BackupPlan, 'toShell'> = {
    version: 1,
    recipe: 'lvmToZfsBackup',
    runId,
    epochSeconds,
    target,
    zfsSnapshot: facts.zfsSnapshot,
    readProvenance: readProvenanceCommand(target),
    provenance: provenanceValues(facts.provenance),
    makeFolders: mkdirCommand({ folders: facts.volumes.map(({ mountFolder }) => mountFolder) }),
    volumes: facts.volumes.map((volume) => planVolume(volume, state)),
    pause: planPause(state),
    settleDevices: udevadmSettleCommand(),
    makeZfsSnapshot: snapshotCommand({
      snapshots: [facts.zfsSnapshot],
      properties: snapshotProperties(facts.provenance),
    }),
    markIncomplete: mark(false),
    copyHostRoot: hostRoot === undefined ? undefined : rsyncCommand(copyOptions({ options }, hostRoot)),
    markComplete: mark(true),
    removeRunFolder: rmdirCommand({ folders: [`${options.mountRoot}/${runId}`] }),
  };
  return { ...plan, toShell: () => planToShell(plan) };
}
