import { ZfsError } from './zfs-error.js';

/** A device is part of a pool, or has a file system. */
export class DeviceInUseError extends ZfsError {
  static override readonly errorName: string = 'DeviceInUseError';
  /** The first such device. */
  declare readonly device: string;
  /** The pool that it is part of. Undefined for another use. */
  declare readonly pool: string | undefined;
}

/** There is no such device on the host, or none in the pool. */
export class DeviceNotFoundError extends ZfsError {
  static override readonly errorName: string = 'DeviceNotFoundError';
  /** The device that was not found. */
  declare readonly device: string;
}

/** A device has data that is nowhere else, so that the pool can't do without it. */
export class NotEnoughReplicasError extends ZfsError {
  static override readonly errorName: string = 'NotEnoughReplicasError';
  /** The device. */
  declare readonly device: string;
}

/** A device is smaller than a pool needs, or than the one that it is to stand beside. */
export class DeviceTooSmallError extends ZfsError {
  static override readonly errorName: string = 'DeviceTooSmallError';
}

/** Devices can't make up a pool, or a part of one, in that way. */
export class InvalidVdevError extends ZfsError {
  static override readonly errorName: string = 'InvalidVdevError';
  /** Whether `force` would have it all the same. */
  declare readonly forceable: boolean;
}
