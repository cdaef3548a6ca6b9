import {
  createCommandRunner,
  type CallOptions,
  type ClientOptions,
  type Command,
  type CommandOutput,
} from '@quiesce/command';
import { lvmErrors } from './error-rules.js';
import type { LogicalVolume } from './logical-volume.js';
import { lvchangeCommand, type LvchangeOptions } from './lvchange.js';
import { lvconvertCommand, type LvconvertOptions } from './lvconvert.js';
import { lvcreateCommand, type LvcreateOptions } from './lvcreate.js';
import { lvremoveCommand, type LvremoveOptions } from './lvremove.js';
import { lvsCommand, parseLvs, type LvsOptions } from './lvs.js';
import { parseVolumePath } from './names.js';
import { readReport } from './read-report.js';
import { parseVgs, vgsCommand, type VgsOptions, type VolumeGroup } from './vgs.js';

/** What {@link createLvm} takes. */
export interface LvmOptions extends ClientOptions {
  /**
   * The lvm program: all subcommands are run by it.
   * @default 'lvm', looked up in PATH
   */
  readonly path?: string;
}

/**
 * The client for LVM2. Every method throws the errors of `@quiesce/command` besides its own, a {@link LockError} only with
 * `waitForLock: false`, and a {@link LvmPermissionError} for a user who may not use LVM.
 */
export interface Lvm {
  /**
   * Lists logical volumes. Those of groups that LVM passes over, as of an old cluster, are left out unless they are named.
   *
   * @throws {@link LogicalVolumeNotFoundError}, {@link VolumeGroupNotFoundError} for a name that does not exist.
   * @throws {@link VolumeGroupAmbiguousError} for the name of two groups, {@link VolumeGroupSkippedError} for that of one that
   * LVM passes over.
   *
   * @example
   * ```ts
   * const snapshots = await lvm.lvs({ volumeGroups: ['SSD'], select: 'lv_role = snapshot' });
   * const lost = snapshots.filter(({ snapshotInvalid }) => snapshotInvalid === true);
   * ```
   *
   * @see {@link https://man7.org/linux/man-pages/man8/lvs.8.html | lvs(8)}
   */
  lvs(options?: LvsOptions): Promise<LogicalVolume[]>;

  /**
   * Lists volume groups. Those that LVM passes over, as one of an old cluster, are left out unless they are named.
   *
   * @throws {@link VolumeGroupNotFoundError} for a name that does not exist.
   * @throws {@link VolumeGroupAmbiguousError} for the name of two groups, {@link VolumeGroupSkippedError} for that of one that
   * LVM passes over.
   *
   * @example
   * ```ts
   * const [group] = await lvm.vgs({ volumeGroups: ['SSD'] });
   * console.log(group?.freeBytes);
   * ```
   *
   * @see {@link https://man7.org/linux/man-pages/man8/vgs.8.html | vgs(8)}
   */
  vgs(options?: VgsOptions): Promise<VolumeGroup[]>;

  /**
   * Makes a snapshot, or a plain volume.
   *
   * @throws {@link VolumeGroupNotFoundError}, {@link LogicalVolumeNotFoundError} when the group or the origin is missing.
   * @throws {@link LogicalVolumeExistsError} when the name is taken.
   * @throws {@link VolumeGroupFullError} when there is too little room.
   *
   * @example
   * ```ts
   * const sizeBytes = 10 * 1024 ** 3;
   * await lvm.lvcreate({ type: 'snapshot', origin: 'SSD/images', name: 'images.1', sizeBytes, chunkSizeBytes: 524288 });
   * ```
   *
   * @see {@link https://man7.org/linux/man-pages/man8/lvcreate.8.html | lvcreate(8)}
   */
  lvcreate(options: LvcreateOptions): Promise<void>;

  /**
   * Takes a snapshot with a plain volume that is there already. It takes a fraction of the time of
   * {@link Lvm.lvcreate} where the volume is neither zeroed again nor waited for. Where it fails, the volume stays as a
   * plain one, perhaps inactive, with its tags.
   *
   * @throws {@link LogicalVolumeNotFoundError}, {@link VolumeGroupNotFoundError} for a name that does not exist.
   * @throws {@link LogicalVolumeInUseError} when the plain volume is in use.
   *
   * @example
   * ```ts
   * await lvm.lvcreate({ type: 'linear', volumeGroup: 'SSD', name: 'images.1', sizeBytes: 10 * 1024 ** 3 });
   * await lvm.lvconvert({ type: 'snapshot', origin: 'SSD/images', volume: 'SSD/images.1', zero: false, udevSync: false });
   * ```
   *
   * @see {@link https://man7.org/linux/man-pages/man8/lvconvert.8.html | lvconvert(8)}
   */
  lvconvert(options: LvconvertOptions): Promise<void>;

  /**
   * Changes tags, or activates and deactivates.
   *
   * @throws {@link LogicalVolumeNotFoundError}, {@link VolumeGroupNotFoundError} for a name that does not exist.
   * @throws {@link LogicalVolumeInUseError} when a volume to deactivate is in use.
   *
   * @example
   * ```ts
   * await lvm.lvchange({ volumes: ['SSD/images.1'], addTags: ['keep'], deleteTags: ['quiesce.run=1'] });
   * ```
   *
   * @see {@link https://man7.org/linux/man-pages/man8/lvchange.8.html | lvchange(8)}
   */
  lvchange(options: LvchangeOptions): Promise<void>;

  /**
   * Removes volumes and snapshots. With `tags` those that do not have them all stay, and it is no error.
   *
   * @throws {@link LogicalVolumeNotFoundError}, {@link VolumeGroupNotFoundError} for a name that does not exist.
   * @throws {@link LogicalVolumeInUseError} when one is in use.
   *
   * @example
   * ```ts
   * await lvm.lvremove({ volumes: ['SSD/images.1'], tags: ['quiesce.run=1'] });
   * ```
   *
   * @see {@link https://man7.org/linux/man-pages/man8/lvremove.8.html | lvremove(8)}
   */
  lvremove(options: LvremoveOptions): Promise<void>;

  /**
   * Runs any command of lvm, with this client's limits and errors: for what has no method yet.
   *
   * @throws `InvalidArgumentError` for a command of another program.
   * @throws the error that the failure means, as the methods do.
   *
   * @example
   * ```ts
   * const { stdout } = await lvm.run(createCommand('lvm', ['pvs', '--reportformat', 'json'], { effect: 'read' }));
   * ```
   *
   * @see {@link https://man7.org/linux/man-pages/man8/lvm.8.html | lvm(8)}
   */
  run(command: Command, call?: CallOptions): Promise<CommandOutput>;
}

/**
 * Makes a client for LVM2. LVM needs root: give it `sudo(localTransport())` where you are not.
 *
 * @example
 * ```ts
 * const lvm = createLvm({ transport: sudo(localTransport()) });
 * for (const { fullName, sizeBytes } of await lvm.lvs()) console.log(fullName, sizeBytes);
 * ```
 */
export function createLvm(options: LvmOptions = {}): Lvm {
  const lvm = createCommandRunner(options, { program: 'lvm', errors: lvmErrors });
  return {
    lvs: async (lvs = {}) => {
      const command = lvsCommand(lvs);
      const { volumes = [], volumeGroups: groups = [] } = lvs;
      const volumeGroups = [...groups, ...volumes.map((path) => parseVolumePath(path).volumeGroup)];
      return readReport(lvm, lvs, { command, volumeGroups, parse: parseLvs });
    },
    vgs: async (vgs = {}) => {
      const command = vgsCommand(vgs);
      return readReport(lvm, vgs, { command, volumeGroups: vgs.volumeGroups ?? [], parse: parseVgs });
    },
    lvcreate: async (lvcreate) => lvm.perform(lvcreateCommand(lvcreate), lvcreate),
    lvconvert: async (lvconvert) => lvm.perform(lvconvertCommand(lvconvert), lvconvert),
    lvchange: async (lvchange) => lvm.perform(lvchangeCommand(lvchange), lvchange),
    lvremove: async (lvremove) => lvm.perform(lvremoveCommand(lvremove), lvremove),
    run: async (command, call) => lvm.run(command, call),
  };
}
