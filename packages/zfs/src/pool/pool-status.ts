import type { PoolState } from './zpool-list.js';

/** A disk, a file, or a group of them in a pool. */
export interface Vdev {
  /** Its name in the pool, as `mirror-0` or the whole path of a device. */
  readonly name: string;
  /**
   * What it is, as `mirror`, `raidz`, `disk`, `file`, `replacing`. Undefined where zpool leaves it
   * out, as 2.3 does for draid and older releases for disks and files.
   */
  readonly type: string | undefined;
  /** What it is for: `normal` for data, or `special`, `dedup`, `log`, `l2cache`, `spare`. */
  readonly class: string;
  /**
   * How it is. A spare is `AVAIL` or `INUSE`. Undefined where zpool leaves it out: then its
   * `children` tell.
   */
  readonly state: PoolState | 'AVAIL' | 'INUSE' | undefined;
  /**
   * The number by which zpool knows it. Undefined where zpool leaves it out, as before OpenZFS 2.3.
   */
  readonly guid: string | undefined;
  /** The device or file, for one that is. */
  readonly path: string | undefined;
  /** Reads that failed, since the counts were cleared. Undefined for a spare. */
  readonly readErrors: number | undefined;
  /** Writes that failed. Undefined for a spare. */
  readonly writeErrors: number | undefined;
  /** Blocks whose checksum was wrong. Undefined for a spare. */
  readonly checksumErrors: number | undefined;
  /** What it is made of. */
  readonly children: readonly Vdev[];
}

/**
 * The newest scrub or resilver of a pool. Before OpenZFS 2.3 zpool rounds its bytes to three
 * digits, and what it does not tell is undefined.
 */
export interface PoolScan {
  /** What it is. */
  readonly function: 'SCRUB' | 'RESILVER' | (string & Record<never, never>);
  /** How far it is. One that is paused is `SCANNING` with a time in `pausedAt`. */
  readonly state: 'SCANNING' | 'FINISHED' | 'CANCELED' | (string & Record<never, never>);
  /** When it began. */
  readonly startedAt: Date | undefined;
  /** When it ended. Undefined while it goes on. */
  readonly endedAt: Date | undefined;
  /** Since when it is paused. Undefined if it is not. */
  readonly pausedAt: Date | undefined;
  /** What there is to check, in bytes. */
  readonly totalBytes: number | undefined;
  /** What has been checked, in bytes. */
  readonly issuedBytes: number | undefined;
  /** What a scrub repaired or a resilver rebuilt, in bytes. */
  readonly repairedBytes: number | undefined;
  /** What could not be repaired, in blocks. */
  readonly errors: number | undefined;
  /** How much of it is done, from 0 to 1. */
  readonly progress: number | undefined;
}

/** What zpool knows of a pool's health. */
export interface PoolStatus {
  /** Its name, as `tank`. */
  readonly name: string;
  /** The number that stays the same when it is renamed. */
  readonly guid: string;
  /** How it is. One that is `ONLINE` can have `dataErrors` all the same. */
  readonly state: PoolState;
  /** What is wrong, in zpool's words. Undefined if nothing is. */
  readonly message: string | undefined;
  /** What to do about it, in zpool's words. */
  readonly action: string | undefined;
  /** The newest scrub or resilver. Undefined if there was none. */
  readonly scan: PoolScan | undefined;
  /** Its devices, those for data first. */
  readonly vdevs: readonly Vdev[];
  /** Damaged files and blocks, lost for good. Undefined for a pool that can't be opened. */
  readonly dataErrors: number | undefined;
}
