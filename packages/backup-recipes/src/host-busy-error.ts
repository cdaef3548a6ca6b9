import { CommandError } from '@quiesce/command';
import type { LockHolder } from './host/lock.js';

/**
 * Another run is under way on this host. Nothing was touched; it can be tried again when that one
 * has ended.
 *
 * Try again when the run in `holder` has ended.
 */
export class HostBusyError extends CommandError {
  static override readonly errorName: string = 'HostBusyError';
  /** The other run. Undefined where it could not be found out. */
  readonly holder: LockHolder | undefined;

  constructor(holder: LockHolder | undefined) {
    const who =
      holder === undefined
        ? 'another run is under way on this host'
        : `run ${holder.runId} is under way on this host, by process ${String(holder.pid)} on ${holder.machine}, since ${holder.since.toISOString()}`;
    super(`${who}: nothing was touched, try again when it has ended`);
    this.holder = holder;
  }
}
