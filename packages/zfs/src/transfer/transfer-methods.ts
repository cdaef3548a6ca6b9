import type { CommandRunner, MethodTable } from '@quiesce/command';
import { zfsAbortReceiveCommand, zfsAbortReceiveRows, type ZfsAbortReceiveOptions } from './abort-receive.js';
import { receiveStream, zfsReceiveRows, type ZfsReceiveOptions } from './receive.js';
import { readResumeToken, zfsResumeTokenRows, type ZfsResumeTokenOptions } from './resume-token.js';
import { sendStream } from './required-key.js';
import { parseZfsSendSize, zfsSendSizeCommand, type SendSize } from './send-size.js';
import { zfsSendRows, zfsSendSizeRows, type ZfsSendOptions, type ZfsSendSizeOptions } from './send.js';

/** The methods of {@link Zfs} that send and receive snapshots as streams. */
export interface TransferMethods {
  /**
   * Sends a snapshot as a stream of bytes: into a file, through a program, or to
   * {@link Zfs.receive}. From host to host {@link sendReceive} is simpler, and can be resumed.
   *
   * @throws {@link DatasetNotFoundError} for a snapshot that does not exist.
   * @throws {@link IncrementalSourceMissingError} where the increment can't begin there.
   * @throws {@link ResumeTokenInvalidError}, {@link KeyNotLoadedError},
   * {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * const stream = zfs.send({ snapshot: 'tank/vm@monday', incrementalFrom: '@sunday' });
   * await pipeline(stream, createWriteStream('/srv/vm.monday.zfs'));
   * ```
   *
   * @see {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-send.8.html | zfs-send(8)}
   */
  send(options: ZfsSendOptions): AsyncIterable<Uint8Array>;

  /**
   * Tells what {@link Zfs.send} would send and how much that is, and sends nothing.
   *
   * @throws what {@link Zfs.send} throws.
   *
   * @example
   * ```ts
   * const { estimatedBytes } = await zfs.sendSize({ snapshot: 'tank/vm@monday' });
   * ```
   *
   * @see {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-send.8.html | zfs-send(8)}
   */
  sendSize(options: ZfsSendSizeOptions): Promise<SendSize>;

  /**
   * Receives what {@link Zfs.send} sent. A stream that breaks off leaves nothing, or with
   * `resumable` what came so far; it is never taken for a whole one.
   *
   * @throws {@link StreamIncompleteError}, {@link StreamInvalidError}.
   * @throws {@link DatasetExistsError} for a whole stream to what is there, without `rollback`, or
   * has snapshots.
   * @throws {@link IncrementalSourceMissingError}, {@link DestinationModifiedError} for an
   * increment that does not fit.
   * @throws {@link ReceiveUnfinishedError} where a part of another stream waits for its rest.
   * @throws {@link DatasetBusyError} where another stream is being received.
   * @throws {@link EncryptionMismatchError}, {@link KeyNotLoadedError} for an encrypted dataset.
   * @throws {@link DatasetNotFoundError}, {@link DatasetOutOfSpaceError},
   * {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * const input = createReadStream('/srv/vm.monday.zfs');
   * await zfs.receive({ input, dataset: 'tank/restored', mount: false });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-receive.8.html | zfs-receive(8)}
   */
  receive(options: ZfsReceiveOptions): Promise<void>;

  /**
   * Gives up what an interrupted receive has kept.
   *
   * @throws {@link ReceiveStateNotFoundError} where there is nothing of it.
   * @throws {@link DatasetBusyError} where the stream is still being received.
   * @throws {@link DatasetNotFoundError}, {@link PermissionDeniedError}.
   *
   * @example
   * ```ts
   * await zfs.abortReceive({ dataset: 'backup/vm' });
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-receive.8.html | zfs-receive(8)}
   */
  abortReceive(options: ZfsAbortReceiveOptions): Promise<void>;

  /**
   * Tells from where the other side goes on after an interrupted receive. Undefined where there is
   * nothing to go on from.
   *
   * @throws {@link DatasetNotFoundError}.
   *
   * @example
   * ```ts
   * const resumeToken = await zfs.resumeToken({ dataset: 'backup/vm' });
   * if (resumeToken !== undefined) console.log(await zfs.sendSize({ resumeToken }));
   * ```
   *
   * @see
   * {@link https://openzfs.github.io/openzfs-docs/man/master/8/zfs-receive.8.html | zfs-receive(8)}
   */
  resumeToken(options: ZfsResumeTokenOptions): Promise<string | undefined>;
}

/** The rows of {@link TransferMethods}. */
export const transferTable: MethodTable<TransferMethods> = {
  send: { command: 'zfs send', rows: zfsSendRows },
  sendSize: { command: 'zfs send', rows: zfsSendSizeRows },
  receive: { command: 'zfs receive', rows: zfsReceiveRows },
  abortReceive: { command: 'zfs receive', rows: zfsAbortReceiveRows },
  resumeToken: { command: 'zfs get', rows: zfsResumeTokenRows },
};

/** Makes {@link TransferMethods}. */
export function transferMethods(zfs: CommandRunner): TransferMethods {
  return {
    send: (options) => sendStream(zfs, options),
    sendSize: async (options) => zfs.read(zfsSendSizeCommand(options), options, parseZfsSendSize),
    receive: async (options) => receiveStream(zfs, options),
    abortReceive: async (options) => zfs.perform(zfsAbortReceiveCommand(options), options),
    resumeToken: async (options) => readResumeToken(zfs, options),
  };
}
