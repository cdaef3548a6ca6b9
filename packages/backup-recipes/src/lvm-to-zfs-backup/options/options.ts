import type { Transport } from '@quiesce/command';
import type { RunLimits } from '../../limits.js';
import type { BackupHooks } from '../hooks/hooks.js';

/** What is copied of the host itself. */
export interface HostRootOptions {
  /**
   * The folder that is copied.
   * @default '/'
   */
  readonly source?: string;
  /**
   * The folder below the target's mount point that it is copied into.
   * @default 'root'
   */
  readonly folder?: string;
  /**
   * Patterns of rsync(1) for what to leave out. One that begins with a slash is meant from
   * `source`. What an earlier run copied of it stays in the target.
   */
  readonly exclude?: readonly string[];
  /**
   * File systems of their own below `source` that are copied too. The list takes the place of the
   * default: repeat `/boot` and `/boot/efi` to keep them. Another one must be mounted when the run
   * begins. The report names those that are left out.
   * @default ['/boot', '/boot/efi'], as far as they are mounted
   */
  readonly mounts?: readonly string[];
}

/**
 * How rsync writes the images. They are always archived with their hard links, and what is gone
 * from the volume goes from the target.
 */
export interface CopyOptions {
  /**
   * `--whole-file` for true, `--no-whole-file` for false: only changed blocks are written.
   * @default false
   */
  readonly wholeFile?: boolean;
  /**
   * `--inplace`: blocks are overwritten where they are, which keeps ZFS snapshots small. The host's
   * own files are replaced whole in any case: they change while they are copied.
   * @default true
   */
  readonly inplace?: boolean;
  /**
   * Further arguments of rsync(1), one word each. Only those are taken that change nothing of what
   * is copied, as `--bwlimit=…`, `--checksum` and `--preallocate`; the error about another one says
   * why. Images are copied without ACLs and extended attributes unless `--acls` and `--xattrs` are
   * among them.
   */
  readonly extraArguments?: readonly string[];
}

/**
 * What {@link lvmToZfsBackup} takes. Names, sizes and flags are by default those of the shell
 * procedure that it replaces.
 */
export interface LvmToZfsBackupOptions {
  /**
   * Guests that have images on the volumes, by name or UUID. List all that run: one that is left
   * out is neither flushed nor paused, and `unlistedGuests` decides what comes of that. One that is
   * shut off or paused may be listed, and is left so. `[]` pauses nobody.
   */
  readonly domains: readonly string[];
  /** The logical volumes with the images, as `/dev/group/volume`. Each holds a file system. */
  readonly volumes: readonly string[];
  /**
   * Runs although the target's pool is degraded: it holds the data, with less redundancy than it
   * should.
   * @default false
   */
  readonly allowDegradedPool?: boolean;
  /**
   * What is made of a guest in `domains` with a disk that lies on none of the volumes, and so in no
   * backup. `'refuse'`: the run is not begun. `'allow'`: it goes on without a word, and `complete`
   * says nothing of that disk. Data files and backing files count as the disk; a CD-ROM or floppy
   * that can't be written to does not.
   * @default 'refuse'
   */
  readonly uncoveredDisks?: 'allow' | 'refuse';
  /**
   * What is made of a guest that runs or is paused, has an image on one of the volumes and is not
   * in `domains`. `'refuse'`: the run is not begun. `'allow'`: it goes on without a word, that
   * guest is not paused, and its image is copied as after a loss of power, though the folder is
   * called complete.
   * @default 'refuse'
   */
  readonly unlistedGuests?: 'allow' | 'refuse';
  /** The mounted ZFS dataset that the images are copied to, as `archives/backups`. */
  readonly target: string;
  /**
   * Folder in which the snapshots are mounted while they are copied. Give {@link reconcile} the
   * same.
   * @default '/run/backup'
   */
  readonly mountRoot?: string;
  /**
   * Before anything else the run undoes what runs that are over left on the host, as
   * {@link reconcile} does: paused guests are resumed, mounts and snapshots removed. `false` leaves
   * all of it as it is.
   * @default true
   */
  readonly reconcile?: boolean;
  /**
   * The time in the names of the run's snapshots, in whole seconds of UNIX time.
   * @default the time when `plan` or `run` is called
   */
  readonly epochSeconds?: number;
  /**
   * The part before the time in the name of the ZFS snapshot: `daily` gives
   * `archives/backups@daily.1364083186`.
   * @default 'daily'
   */
  readonly zfsSnapshotPrefix?: string;
  /**
   * Space for what is overwritten on a volume while its snapshot is copied, in bytes. A snapshot
   * that fills up is lost, and that volume's backup a failure. No more is taken than the volume can
   * use.
   * @default 10737418240 (10 GiB)
   */
  readonly snapshotSizeBytes?: number;
  /**
   * Unit in which the snapshot keeps overwritten data, in bytes: a power of two from 4 KiB to 512
   * KiB.
   * @default 524288 (512 KiB)
   */
  readonly chunkSizeBytes?: number;
  /**
   * Milliseconds that the guests get to write out their buffers after they were told to.
   * @default 1000
   */
  readonly settleMs?: number;
  /**
   * Milliseconds after which paused guests are resumed even if the snapshots are not done. The
   * volumes that have none by then fail.
   * @default 30000
   */
  readonly maximumPauseMs?: number;
  /** How rsync writes the images. */
  readonly copy?: CopyOptions;
  /**
   * How each volume's copy is compared with what was frozen, before that goes. `full` reads every
   * byte on both sides; `none` nothing. `sampled` compares names, types and sizes of everything,
   * 256 small files and all of 4 to 10 MiB whole, and of each larger one 10 MiB: both ends, and 32
   * places that differ from night to night. What was just written may be read from memory: a scrub
   * of the pool is what looks at the disks. The host's own files are not compared.
   * @default 'sampled'
   */
  readonly verify?: 'none' | 'sampled' | 'full';
  /**
   * Keeps the checksums (BLAKE2b) of what was frozen in the target, for {@link verifyBackup} to
   * compare the copies with later. They are read beside the copying. Files that have the size and
   * the time to the nanosecond that they had at the last run keep their checksums unread, but for
   * `verify: 'full'`. None are kept of the host's own files.
   * @default true
   */
  readonly checksums?: boolean;
  /**
   * Functions that the run calls between its phases.
   * @default {}
   */
  readonly hooks?: BackupHooks;
  /**
   * Milliseconds that a hook may take, from 1 to 3600000. One that takes longer has failed.
   * @default 60000
   */
  readonly hookMs?: number;
  /** How long commands of the host may take, in milliseconds, by their kind. */
  readonly limits?: Partial<RunLimits>;
  /**
   * The copy of the host's own files, which hold its configuration and that of the guests. `false`
   * leaves it out.
   * @default { source: '/', folder: 'root', exclude: [], mounts: ['/boot', '/boot/efi'] }
   */
  readonly hostRoot?: HostRootOptions | false;
  /**
   * The host. It needs the rights of root there.
   * @default localTransport()
   */
  readonly transport?: Transport;
}
