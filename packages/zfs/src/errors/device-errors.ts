import { ZfsError } from './zfs-error.js';

/**
 * A device is part of a pool, or has a file system.
 *
 * Take another one. If it is the right one, first end its use: {@link PoolMethods.destroy} the old
 * pool, or {@link PoolMethods.labelclear} what is left of it.
 */
export class DeviceInUseError extends ZfsError {
  static override readonly errorName: string = 'DeviceInUseError';
  /** The first such device. */
  declare readonly device: string;
  /** The pool that it is part of. Undefined for another use. */
  declare readonly pool: string | undefined;
}

/**
 * There is no such device on the host, or none in the pool.
 *
 * Name a device of a pool as {@link PoolMethods.status} does, and a new one by its path below
 * `/dev/disk/by-id`.
 */
export class DeviceNotFoundError extends ZfsError {
  static override readonly errorName: string = 'DeviceNotFoundError';
  /** The device that was not found. */
  declare readonly device: string;
}

/**
 * A device has data that is nowhere else, so that the pool can't do without it.
 *
 * First put another device beside it or in its place, {@link PoolMethods.attach} or
 * {@link PoolMethods.replace}, and wait for the resilver.
 */
export class NotEnoughReplicasError extends ZfsError {
  static override readonly errorName: string = 'NotEnoughReplicasError';
  /** The device. */
  declare readonly device: string;
}

/**
 * A device is smaller than a pool needs, or than the one that it is to stand beside.
 *
 * Take a larger one: as large as the smallest that it stands beside.
 */
export class DeviceTooSmallError extends ZfsError {
  static override readonly errorName: string = 'DeviceTooSmallError';
}

/**
 * Devices can't make up a pool, or a part of one, in that way.
 *
 * Make it like the vdevs that are there: same kind, same number of devices. Where it is
 * `forceable`, `force` has it as it is.
 */
export class InvalidVdevError extends ZfsError {
  static override readonly errorName: string = 'InvalidVdevError';
  /** Whether `force` would have it all the same. */
  declare readonly forceable: boolean;
}
