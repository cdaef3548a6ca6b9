import {
  argumentWords,
  checkArgument,
  checkOptions,
  createCommand,
  InvalidArgumentError,
  type ArgumentTable,
  type CallOptions,
  type Checked,
  type Command,
  type Rows,
} from '@quiesce/command';
import { checkIncrementalSource, datasetRow, snapshotRow } from '../names.js';

/** Sends a snapshot. */
export interface ZfsSendSnapshotOptions extends CallOptions {
  /** The snapshot, as `tank/vm@monday`. */
  readonly snapshot: string;
  /**
   * Sends only what changed since this snapshot or bookmark: `tank/vm@sunday`, `tank/vm#sunday`, or
   * for one of the same dataset `@sunday`, `#sunday`. The other side must have that snapshot.
   * @default everything
   */
  readonly incrementalFrom?: string;
  /**
   * Sends the snapshots between the two as well. Not from a bookmark.
   * @default false
   */
  readonly intermediates?: boolean;
  /**
   * Sends everything below the dataset too, with all snapshots up to this one, properties and
   * clones as they are.
   * @default false
   */
  readonly replicate?: boolean;
  /** Datasets that `replicate` leaves out, with all below them. Known from OpenZFS 2.2 on. */
  readonly excludedDatasets?: string | readonly string[];
  /**
   * With `replicate`, goes on where a dataset lacks the snapshot.
   * @default false
   */
  readonly skipMissing?: boolean;
  /**
   * Sends the properties of the dataset. `replicate` does so by itself.
   * @default false
   */
  readonly properties?: boolean;
  /**
   * Sends properties as they were received here once, in place of those that were set here.
   * @default false
   */
  readonly receivedProperties?: boolean;
  /**
   * Sends the holds of the snapshots.
   * @default false
   */
  readonly holds?: boolean;
  /**
   * Sends blocks as they are on disk: what is encrypted stays so, and no key is needed on either
   * side.
   * @default false
   */
  readonly raw?: boolean;
  /**
   * Sends blocks compressed as they are on disk.
   * @default false
   */
  readonly compressed?: boolean;
  /**
   * Sends blocks of more than 128 KiB as they are.
   * @default false
   */
  readonly largeBlocks?: boolean;
  /**
   * Sends blocks that are so small that they lie in their pointers as they are.
   * @default false
   */
  readonly embedded?: boolean;
}

/** Sends the rest of what a receive began, that was interrupted. */
export interface ZfsSendRestOptions extends CallOptions {
  /** What {@link Zfs.resumeToken} gave on the other side. What is sent, and how, is in it. */
  readonly resumeToken: string;
  /**
   * Sends blocks as they are on disk, whatever the token says: that comes from the other side.
   * @default as the token says
   */
  readonly raw?: boolean;
}

/** Sends as much as was received of a snapshot here, by a receive that was interrupted. */
export interface ZfsSendSavedOptions extends CallOptions {
  /** The file system or volume that was received. */
  readonly saved: string;
}

/** What {@link Zfs.send} takes: a `snapshot`, a `resumeToken`, or `saved`. */
export type ZfsSendOptions = ZfsSendSizeOptions | ZfsSendSavedOptions;

/**
 * What {@link Zfs.sendSize} takes: a `snapshot`, or a `resumeToken`. Of what was saved zfs does not
 * tell the size.
 */
export type ZfsSendSizeOptions = ZfsSendSnapshotOptions | ZfsSendRestOptions;

const token = {
  pattern: /^\d+(?:-[0-9a-f]+)+$/,
  expected: 'the token that zfs get receive_resume_token shows on the other side',
};

/** The rows of a snapshot that is sent. */
export const sendSnapshotRows: Rows<ZfsSendSnapshotOptions> = {
  snapshot: { ...snapshotRow, required: true },
  raw: { kind: 'flag', option: '-w' },
  compressed: { kind: 'flag', option: '-c' },
  largeBlocks: { kind: 'flag', option: '-L' },
  embedded: { kind: 'flag', option: '-e' },
  properties: { kind: 'flag', option: '-p' },
  receivedProperties: { kind: 'flag', option: '-b' },
  holds: { kind: 'flag', option: '-h' },
  replicate: { kind: 'flag', option: '-R' },
  skipMissing: { kind: 'flag', option: '-s' },
  excludedDatasets: {
    kind: 'one-or-many',
    option: '-X',
    join: ',',
    since: '2.2',
    each: { ...datasetRow, sample: 'tank/vm/scratch' },
  },
  intermediates: { kind: 'flag' },
  incrementalFrom: { kind: 'text', check: checkIncrementalSource, sample: 'tank/vm@sunday' },
};

const restRows: Rows<ZfsSendRestOptions> = {
  raw: { kind: 'flag', option: '-w' },
  resumeToken: {
    kind: 'text',
    option: '-t',
    check: (argument, value) => checkArgument(argument, value, token),
    sample: '1-c740b4779-c0-789c',
    required: true,
  },
};

/** The words of {@link ZfsSendOptions}. */
export const zfsSendRows: ArgumentTable<ZfsSendOptions> = {
  exclusive: [sendSnapshotRows, restRows, { saved: { ...datasetRow, option: '--saved' } }],
};

/** The words of {@link ZfsSendSizeOptions}. */
export const zfsSendSizeRows: ArgumentTable<ZfsSendSizeOptions> = { exclusive: [sendSnapshotRows, restRows] };

/** zfs answers what does not fit together with a page of usage, or after a while. */
function checkTogether(options: Checked<ZfsSendSnapshotOptions>): void {
  const { excludedDatasets, incrementalFrom, intermediates, replicate, skipMissing, snapshot } = options;
  const refuse = (argument: keyof ZfsSendSnapshotOptions, value: unknown, expected: string): never => {
    throw new InvalidArgumentError({ argument, value, expected });
  };
  if (intermediates === true && incrementalFrom === undefined) {
    refuse('intermediates', intermediates, 'incrementalFrom beside it');
  }
  const isBookmark = incrementalFrom?.includes('#') === true;
  if (isBookmark && intermediates === true) refuse('incrementalFrom', incrementalFrom, 'a snapshot, for intermediates');
  if (isBookmark && replicate === true) refuse('incrementalFrom', incrementalFrom, 'a snapshot, for replicate');
  if (incrementalFrom !== undefined && sourceOf(incrementalFrom, snapshot) === snapshot) {
    refuse('incrementalFrom', incrementalFrom, 'another snapshot than the one that is sent');
  }
  const [dataset = ''] = snapshot.split('@');
  const outside = excludedDatasets?.find((name) => !name.startsWith(`${dataset}/`));
  if (outside !== undefined) refuse('excludedDatasets', outside, `datasets below ${dataset}`);
  if (replicate === true) return;
  if (skipMissing === true) refuse('skipMissing', skipMissing, 'replicate beside it');
  if (excludedDatasets !== undefined) refuse('excludedDatasets', excludedDatasets, 'replicate beside it');
}

/** The full name of an incremental source. */
export function sourceOf(incrementalFrom: string, snapshot: string): string {
  return /^[@#]/.test(incrementalFrom) ? `${snapshot.split('@')[0] ?? ''}${incrementalFrom}` : incrementalFrom;
}

/** The words of checked options. */
export function sendWords(checked: Checked<ZfsSendOptions>): string[] {
  if ('resumeToken' in checked) return argumentWords(restRows, checked);
  if ('saved' in checked) return ['--saved', '--', checked.saved];
  checkTogether(checked);
  const { incrementalFrom, intermediates = false, snapshot } = checked;
  const source =
    incrementalFrom === undefined ? [] : [intermediates ? '-I' : '-i', sourceOf(incrementalFrom, snapshot)];
  return [...argumentWords(sendSnapshotRows, checked), ...source, '--', snapshot];
}

/** Builds the command of {@link Zfs.send}. See zfs-send(8). */
export function zfsSendCommand(options: ZfsSendOptions): Command {
  const checked = checkOptions<ZfsSendOptions>(zfsSendRows, options);
  return createCommand('zfs', ['send', ...sendWords(checked)], { effect: 'read' });
}
