import { run, type CallOptions } from '@quiesce/command';
import { realpathCommand } from '../../host/run-folders.js';
import { limits } from '../../limits.js';
import { stateFolder } from '../../run-folder.js';
import type { Finding } from '../finding.js';
import type { ResolvedReconcileOptions } from '../options.js';
import { bootRoot } from '../../boot-test/names.js';
import { surveyBootDatasets, surveyBootFolders, withoutKept } from './boot-tests.js';
import { surveyDomains, type MarkedDomain } from './domains.js';
import { surveyFolders, type FolderSurvey } from './folders.js';
import { surveyMounts } from './mounts.js';
import { busyUnits, type UnitSurvey } from './units.js';
import { noteUnseen, type Unseen } from './unseen.js';
import { surveyRestores } from './restores.js';
import { surveyVolumes } from './volumes.js';

/** What of runs is on a host. */
export interface Survey extends UnitSurvey, FolderSurvey {
  /** How virsh reaches libvirt. */
  readonly connectUri: string;
  readonly domains: readonly MarkedDomain[];
  /** Names of domains that are paused without the mark of a run. */
  readonly strangers: readonly string[];
  readonly mounts: readonly Finding[];
  readonly volumes: readonly Finding[];
  readonly restores: readonly Finding[];
  /** What boot tests that are over have left, in the order in which it has to go. */
  readonly bootThings: readonly Finding[];
  /** False where units could not be asked for, so that a run may still go on. */
  readonly unitsSeen: boolean;
  /** What could not be looked at. */
  readonly unseen: readonly Unseen[];
}

/**
 * Looks at everything on a host that runs leave, whether they are over or not. It only reads.
 *
 * @throws `TransportError`, `AbortedError`. Everything else is noted in `unseen`.
 */
export async function survey(options: ResolvedReconcileOptions, signal: AbortSignal | undefined): Promise<Survey> {
  const { transport } = options;
  const call: CallOptions = { signal, timeoutMs: limits.readMs };
  const unseen: Unseen[] = [];
  const look = async <Found>(subject: string, body: () => Promise<Found>): Promise<Found | undefined> => {
    try {
      return await body();
    } catch (error) {
      noteUnseen(unseen, subject, error);
      return undefined;
    }
  };
  const mountRoot = await look(options.mountRoot, async () => {
    // What is mounted goes by its real path.
    const { stdout } = await run(transport, realpathCommand({ folder: options.mountRoot }), call);
    return stdout.replace(/\n$/, '');
  });
  const root = mountRoot === undefined || mountRoot === '' ? options.mountRoot : mountRoot;
  const [domains, units, mounts, volumes, restores, folders, datasets, bootFolders] = await Promise.all([
    look('libvirt', () => surveyDomains(transport, call, unseen)),
    look('systemd', () => busyUnits(transport, call)),
    look(root, () => surveyMounts(transport, root, call)),
    look('LVM', () => surveyVolumes(transport, call)),
    look(stateFolder, () => surveyRestores(transport, call)),
    look(root, () => surveyFolders(transport, root, call)),
    look('ZFS', () => surveyBootDatasets(transport, call)),
    look(bootRoot, () => surveyBootFolders(transport, call)),
  ]);
  // Asked last: a test that has begun after the things of others were listed has none among them.
  const ofTests = [...(domains?.testGuests ?? []), ...(datasets ?? []), ...(bootFolders ?? [])];
  const bootThings = await look(bootRoot, () => withoutKept(transport, ofTests, call));
  return {
    connectUri: domains?.connectUri ?? '',
    domains: domains?.marked ?? [],
    strangers: domains?.strangers ?? [],
    pauseUnits: units?.pauseUnits ?? [],
    resumeUnits: units?.resumeUnits ?? [],
    copyUnits: units?.copyUnits ?? [],
    // A host without systemd has no units.
    unitsSeen: units !== undefined || unseen.some(({ subject, isAbsent }) => subject === 'systemd' && isAbsent),
    mounts: mounts ?? [],
    volumes: volumes ?? [],
    restores: restores ?? [],
    mountFolders: folders?.mountFolders ?? [],
    runFolders: folders?.runFolders ?? [],
    bootThings: bootThings ?? [],
    unseen,
  };
}
