import { CommandError } from '@quiesce/command';
import { ZfsError } from './zfs-error.js';

/**
 * An increment can't be sent or received: the snapshot or bookmark that it begins at is not there,
 * or not the one that the other side has.
 *
 * Begin at an older snapshot that both sides have: their `guid` is the same. Without any, send all
 * of it to a new dataset.
 */
export class IncrementalSourceMissingError extends ZfsError {
  static override readonly errorName: string = 'IncrementalSourceMissingError';
  /** The snapshot that was to be sent, or the dataset that was to receive. */
  declare readonly dataset: string;
}

/**
 * An increment can't be received: the dataset was changed since its newest snapshot.
 *
 * `rollback` gives up the changes. Set `readonly` on the copy, or don't mount it.
 */
export class DestinationModifiedError extends ZfsError {
  static override readonly errorName: string = 'DestinationModifiedError';
  /** The dataset that was to receive. */
  declare readonly dataset: string;
}

/**
 * A dataset has a part of a stream from a receive that was interrupted, or that goes on at this
 * moment.
 *
 * Send its rest, which {@link Zfs.resumeToken} tells, or give it up: {@link Zfs.abortReceive}.
 */
export class ReceiveUnfinishedError extends ZfsError {
  static override readonly errorName: string = 'ReceiveUnfinishedError';
  /** The dataset. */
  declare readonly dataset: string;
}

/**
 * A stream does not fit how a dataset is encrypted: a `raw` increment goes only onto what has been
 * received raw all the time. And a whole stream takes the place of no encrypted dataset, nor an
 * encrypted one that of another, also with `rollback`.
 *
 * Send as it was sent before, with `raw` or without. Else receive into a new dataset.
 */
export class EncryptionMismatchError extends ZfsError {
  static override readonly errorName: string = 'EncryptionMismatchError';
  /** The dataset that was to receive. */
  declare readonly dataset: string;
}

/**
 * A dataset has no part of a stream that could be given up.
 *
 * There is nothing to do.
 */
export class ReceiveStateNotFoundError extends ZfsError {
  static override readonly errorName: string = 'ReceiveStateNotFoundError';
  /** The dataset. */
  declare readonly dataset: string;
}

/**
 * A resume token is damaged, or what it is about is gone from the sending side.
 *
 * Give up what came by {@link Zfs.abortReceive} on the receiving side, and begin anew.
 */
export class ResumeTokenInvalidError extends ZfsError {
  static override readonly errorName: string = 'ResumeTokenInvalidError';
}

/**
 * A stream ended before its end, or came damaged.
 *
 * Send it again, or its rest by `resumeToken`.
 */
export class StreamIncompleteError extends ZfsError {
  static override readonly errorName: string = 'StreamIncompleteError';
  /**
   * What the other side goes on from, where `resumable` has kept what came. Undefined where
   * nothing was kept.
   */
  declare readonly resumeToken: string | undefined;
}

/**
 * What came is no stream of `zfs send`, not one that this release can receive, or the rest of one
 * of which more has been received since its token was read.
 *
 * See that it is the whole output of `zfs send` as it was. For an older release send without
 * `largeBlocks` and `compressed`.
 */
export class StreamInvalidError extends ZfsError {
  static override readonly errorName: string = 'StreamInvalidError';
}

/**
 * A dataset has a part of another snapshot than the one that is sent to it, from a transfer that
 * was interrupted.
 *
 * Send that one to its end, or give it up: {@link Zfs.abortReceive}.
 */
export class OtherTransferError extends CommandError {
  static override readonly errorName: string = 'OtherTransferError';
  /** The dataset that was to receive. */
  readonly dataset: string;
  /** The snapshot that was sent to it before. */
  readonly unfinished: string;

  constructor({ dataset, unfinished, wanted }: { dataset: string; unfinished: string; wanted: string }) {
    super(
      `${dataset} has a part of ${unfinished}, and ${wanted} was to be sent to it: ` +
        `send that one to its end, or give it up: zfs receive -A ${dataset}`,
    );
    this.dataset = dataset;
    this.unfinished = unfinished;
  }
}

/**
 * After a transfer another snapshot than the one that was sent has its name on the other side.
 *
 * Somebody made or renamed one of them meanwhile. Look at both before you rely on them.
 */
export class SnapshotDiffersError extends CommandError {
  static override readonly errorName: string = 'SnapshotDiffersError';
  /** The snapshot on the receiving side. */
  readonly snapshot: string;
  /** The one that was sent. */
  readonly sent: string;

  constructor({ sent, snapshot }: { sent: string; snapshot: string }) {
    super(`${snapshot} is not ${sent}: somebody made or renamed it meanwhile. Look at both before you rely on it`);
    this.snapshot = snapshot;
    this.sent = sent;
  }
}
