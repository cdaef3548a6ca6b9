import {
  checkOptions,
  InvalidArgumentError,
  pipe,
  type CallOptions,
  type Checked,
  type OtherRow,
  type Rows,
} from '@quiesce/command';
import type { Zfs } from '../create-zfs.js';
import { withDeadline } from '../deadline.js';
import { OtherTransferError, SnapshotDiffersError } from '../errors/transfer-errors.js';
import { guidOf, isPackage, newestOfBoth, sentSnapshots, unlessNotFound } from './snapshots-of-both.js';
import { datasetRow } from '../names.js';
import { progressRow } from '../progress-row.js';
import { progressMeter, type TransferProgress } from './progress.js';
import { receiveWordRows, zfsReceiveCommand, type ZfsReceiveWordOptions } from './receive.js';
import { mustHaveKey, requireKey } from './required-key.js';
import { sendSnapshotRows, zfsSendCommand, type ZfsSendSizeOptions, type ZfsSendSnapshotOptions } from './send.js';
import type { SendSize } from './send-size.js';

/** The side that sends. */
export interface SendSide extends Omit<ZfsSendSnapshotOptions, keyof CallOptions> {
  /** The client of the host that has the snapshot. */
  readonly zfs: Zfs;
}

/** The side that receives. */
export interface ReceiveSide extends Omit<ZfsReceiveWordOptions, 'appendPath' | 'appendLastPart' | keyof CallOptions> {
  /** The client of the host that gets the snapshot. */
  readonly zfs: Zfs;
  /** The file system or volume to receive into, as `backup/vm`. */
  readonly dataset: string;
  /**
   * Keeps what was received when it is interrupted, so that the next call goes on from there. The
   * rest of a stream with more in it than snapshots can't be sent: then it is false, and one that
   * is interrupted begins anew.
   * @default true, false with `replicate`, `properties`, `receivedProperties` and `holds`
   */
  readonly resumable?: boolean;
}

/** What {@link sendReceive} takes. */
export interface SendReceiveOptions extends CallOptions {
  /** What is sent, and by whom. */
  readonly from: SendSide;
  /** Where it goes. */
  readonly to: ReceiveSide;
  /**
   * Most bytes in a second.
   * @default no limit
   */
  readonly maximumBytesPerSecond?: number;
  /** Told a few times in a second how far it is. */
  readonly onProgress?: (progress: TransferProgress) => void;
}

/** What {@link sendReceive} did. */
export interface Transferred {
  /** The snapshot on the receiving side. */
  readonly snapshot: string;
  /** The number that both snapshots have: no other one has it. */
  readonly guid: string;
  /** What went from one side to the other, in bytes. 0 where the snapshot was there already. */
  readonly sentBytes: number;
  /** Whether it went on from what an earlier call had sent. */
  readonly resumed: boolean;
}

function checkZfs(argument: string, value: unknown): Zfs {
  if (typeof value === 'object' && value !== null && 'stage' in value) return value as Zfs;
  throw new InvalidArgumentError({ argument, value, expected: 'a client that createZfs() made' });
}

const zfsRow: OtherRow<Zfs> & { readonly required: true } = {
  kind: 'other',
  check: checkZfs,
  sample: {} as Zfs,
  required: true,
};
const { appendLastPart: _last, appendPath: _path, ...receiveRows } = receiveWordRows;

/** What is checked of {@link SendReceiveOptions}. */
export const sendReceiveRows: Rows<SendReceiveOptions> = {
  from: { kind: 'group', rows: { ...sendSnapshotRows, zfs: zfsRow }, required: true },
  to: { kind: 'group', rows: { ...receiveRows, dataset: datasetRow, zfs: zfsRow }, required: true },
  maximumBytesPerSecond: { kind: 'integer', minimum: 1 },
  onProgress: progressRow,
};

/** One run of {@link sendReceive}: what was checked, and what has been sent so far. */
interface Transfer {
  readonly source: Zfs;
  readonly target: Zfs;
  readonly sent: Checked<Omit<SendSide, 'zfs'>>;
  readonly placed: Checked<Omit<ReceiveSide, 'zfs'>>;
  readonly options: Checked<SendReceiveOptions>;
  readonly call: () => CallOptions;
}

/** Sends one stream to its end. Returns how many bytes that took. */
async function move({ call, options, placed, source, target }: Transfer, what: ZfsSendSizeOptions, size: SendSize) {
  const { maximumBytesPerSecond, onProgress } = options;
  const meter = onProgress === undefined ? undefined : progressMeter(size.estimatedBytes, onProgress);
  let sentBytes = 0;
  await pipe([source.stage(zfsSendCommand(what)), target.stage(zfsReceiveCommand(placed))], {
    ...call(),
    ...(maximumBytesPerSecond !== undefined && { maximumBytesPerSecond }),
    onBytes: (bytes) => {
      sentBytes = bytes;
      meter?.(bytes);
    },
  });
  meter?.(sentBytes, true);
  return sentBytes;
}

/** Sends the rest of what an earlier call began. Returns the snapshot that it was. */
async function moveRest(transfer: Transfer, resumeToken: string): Promise<{ snapshot: string; sentBytes: number }> {
  const { call, placed, sent, source } = transfer;
  // The token is a word of the other side: what may not leave here unencrypted does not.
  const what = { resumeToken, ...(sent.raw === true && { raw: true }) };
  const size = await source.sendSize({ ...call(), ...what });
  const snapshot = size.parts[0]?.snapshot ?? '';
  const isPart =
    snapshot === sent.snapshot ||
    (sent.intermediates === true && (await sentSnapshots(source, sent, call())).some(({ name }) => name === snapshot));
  if (isPackage(sent) || !isPart) {
    throw new OtherTransferError({ dataset: placed.dataset, unfinished: snapshot, wanted: sent.snapshot });
  }
  return { snapshot, sentBytes: await move(transfer, what, size) };
}

/** Does what {@link sendReceive} does. */
async function moveAll(transfer: Transfer): Promise<Transferred> {
  const { call, placed, sent, source, target } = transfer;
  const replicate = sent.replicate === true;
  const snapshot = `${placed.dataset}@${sent.snapshot.split('@')[1] ?? ''}`;
  const guid = (await guidOf(source, sent.snapshot, call())) ?? '';
  const resumeToken = await unlessNotFound(target.resumeToken({ ...call(), dataset: placed.dataset }));
  const rest = resumeToken === undefined ? undefined : await moveRest(transfer, resumeToken);
  const resumed = rest !== undefined;
  let sentBytes = rest?.sentBytes ?? 0;
  const isThere =
    !replicate &&
    (rest?.snapshot === sent.snapshot || (await unlessNotFound(guidOf(target, snapshot, call()))) === guid);
  if (!isThere) {
    const newest =
      sent.intermediates === true && !replicate
        ? await newestOfBoth({ source, sent, target, dataset: placed.dataset }, call)
        : undefined;
    const what = newest === undefined ? sent : { ...sent, incrementalFrom: newest };
    if (mustHaveKey(sent)) await requireKey(source, sent.snapshot, call());
    sentBytes += await move(transfer, what, await source.sendSize({ ...call(), ...what }));
  }
  // Of a dry run there is nothing to look at.
  const receive = target.stage(zfsReceiveCommand(placed));
  const isReceived = receive.transport.runs?.(receive.command) ?? true;
  if (isReceived && (await guidOf(target, snapshot, call())) !== guid) {
    throw new SnapshotDiffersError({ snapshot, sent: sent.snapshot });
  }
  return { snapshot, guid, sentBytes, resumed };
}

/**
 * Sends a snapshot from one host to another, without a shell and in flat memory: the bytes go
 * through this process. Interrupted, by whatever it was, it is called again with the same options
 * and goes on from where it was, and what is there already is not sent again; but with `replicate`
 * it begins anew. At the end both snapshots are known to be the same one.
 *
 * With `intermediates` it begins at the newest snapshot that both sides have, from
 * `incrementalFrom` on. To a side with a `dryRun` transport nothing is sent: what is returned is
 * what would be there.
 *
 * @throws {@link DatasetNotFoundError} for a snapshot that is not there, and for an increment to
 * what is not there.
 * @throws {@link IncrementalSourceMissingError}, {@link DestinationModifiedError},
 * {@link DatasetExistsError}, {@link DatasetOutOfSpaceError}, {@link PermissionDeniedError},
 * {@link KeyNotLoadedError}, {@link StreamIncompleteError}.
 * @throws {@link DatasetBusyError}, {@link ReceiveUnfinishedError} where another transfer to the
 * same dataset goes on, which this one leaves alone; {@link StreamInvalidError} where that one just
 * sent the same.
 * @throws {@link EncryptionMismatchError} for a `raw` increment onto what was received otherwise.
 * @throws {@link OtherTransferError} where a part of another snapshot is waiting for its rest.
 * @throws {@link SnapshotDiffersError} where another snapshot of that name is there at the end.
 * @throws {@link ResumeTokenInvalidError} where the rest can't be sent any more: give up what came
 * by {@link Zfs.abortReceive}.
 *
 * @example
 * ```ts
 * const nas = createZfs({ transport: sshTransport({ host: 'nas' }) });
 * const { sentBytes } = await sendReceive({
 *   from: { zfs, snapshot: 'tank/vm@monday', incrementalFrom: '@sunday', raw: true },
 *   to: { zfs: nas, dataset: 'backup/vm', mount: false },
 *   onProgress: ({ sentBytes, estimatedBytes }) => console.log(sentBytes, 'of', estimatedBytes),
 * });
 * ```
 *
 * @see {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-send.8.html | zfs-send(8)},
 * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-receive.8.html | zfs-receive(8)}
 */
export async function sendReceive(options: SendReceiveOptions): Promise<Transferred> {
  const checked = checkOptions<SendReceiveOptions>(sendReceiveRows, options);
  const { zfs: source, ...sent } = checked.from as Checked<SendSide>;
  const { zfs: target, ...to } = checked.to as Checked<ReceiveSide>;
  const placed = { ...to, resumable: to.resumable ?? !isPackage(sent) };
  // What is refused is refused before anything is asked.
  const command = zfsSendCommand(sent);
  zfsReceiveCommand(placed);
  return withDeadline(checked, command, async ({ call }) =>
    moveAll({ source, target, sent, placed, options: checked, call }),
  );
}
