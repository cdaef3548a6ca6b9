import {
  argumentWords,
  checkOptions,
  createCommand,
  InvalidArgumentError,
  type CallOptions,
  type Command,
  type CommandRunner,
  type OtherRow,
  type Rows,
} from '@quiesce/command';
import { anyDatasetRow } from '../names.js';
import { propertiesRow, propertyRow } from '../dataset/properties.js';

/** What {@link zfsReceiveCommand} takes: all of {@link ZfsReceiveOptions} but the stream. */
export interface ZfsReceiveWordOptions extends CallOptions {
  /**
   * The file system or volume to receive into, as `backup/vm`; it is made where the stream is a
   * whole one. With a snapshot, as `backup/vm@monday`, that is what the received one is called.
   */
  readonly dataset: string;
  /**
   * Takes the path that was sent, without its pool, as the path below `dataset`: `tank/a/vm@1`
   * becomes `backup/a/vm@1`.
   * @default false
   */
  readonly appendPath?: boolean;
  /**
   * Takes the last part of the path that was sent as the name below `dataset`: `tank/a/vm@1`
   * becomes `backup/vm@1`.
   * @default false
   */
  readonly appendLastPart?: boolean;
  /**
   * Gives up what was changed since the newest snapshot, and newer snapshots than the source of the
   * increment. A whole stream takes the place of a dataset that has no snapshots, is no clone, and
   * is not encrypted, and the stream must not be either; another is refused. Of a stream with
   * `replicate` it also destroys what the sending side does not have.
   * @default false
   */
  readonly rollback?: boolean;
  /**
   * Keeps what was received when it is interrupted: {@link Zfs.resumeToken} tells from where the
   * other side goes on.
   * @default false
   */
  readonly resumable?: boolean;
  /**
   * Mounts the file systems that are received.
   * @default true
   */
  readonly mount?: boolean;
  /**
   * Unmounts the file system even if it is in use, for as long as it is received.
   * @default false
   */
  readonly forceUnmount?: boolean;
  /**
   * Leaves out the holds that were sent.
   * @default false
   */
  readonly skipHolds?: boolean;
  /** Properties to set in place of those that were sent, as `{ mountpoint: 'none' }`. */
  readonly properties?: Readonly<Record<string, string>>;
  /** Properties to leave out: they are inherited, whatever was sent. */
  readonly excludedProperties?: string | readonly string[];
}

/** What {@link Zfs.receive} takes. */
export interface ZfsReceiveOptions extends ZfsReceiveWordOptions {
  /** What {@link Zfs.send} gave, or a file that it was written to: a `Readable` is one. */
  readonly input: AsyncIterable<Uint8Array>;
}

/** The words of {@link ZfsReceiveWordOptions}. */
export const receiveWordRows: Rows<ZfsReceiveWordOptions> = {
  appendPath: { kind: 'flag', option: '-d' },
  appendLastPart: { kind: 'flag', option: '-e' },
  rollback: { kind: 'flag', option: '-F' },
  resumable: { kind: 'flag', option: '-s' },
  mount: { kind: 'flag', off: '-u' },
  forceUnmount: { kind: 'flag', option: '-M' },
  skipHolds: { kind: 'flag', option: '-h' },
  properties: { ...propertiesRow, option: '-o', mayBeEmpty: true },
  excludedProperties: { kind: 'one-or-many', each: { ...propertyRow, option: '-x' }, mayBeEmpty: true },
  dataset: { ...anyDatasetRow, required: true },
};

function checkInput(argument: string, value: unknown): AsyncIterable<Uint8Array> {
  if (typeof value === 'object' && value !== null && Symbol.asyncIterator in value) {
    return value as AsyncIterable<Uint8Array>;
  }
  throw new InvalidArgumentError({ argument, value: typeof value, expected: 'a stream, as zfs.send() or a Readable' });
}

const inputRow: OtherRow<AsyncIterable<Uint8Array>> & { readonly required: true } = {
  kind: 'other',
  check: checkInput,
  // A stream without bytes.
  sample: { [Symbol.asyncIterator]: () => ({ next: async () => Promise.resolve({ done: true, value: undefined }) }) },
  required: true,
};

/** The words of {@link ZfsReceiveOptions}. */
export const zfsReceiveRows: Rows<ZfsReceiveOptions> = { ...receiveWordRows, input: inputRow };

/** Builds the command of {@link Zfs.receive}. See zfs-receive(8). */
export function zfsReceiveCommand(options: ZfsReceiveWordOptions): Command {
  const checked = checkOptions<ZfsReceiveWordOptions>(receiveWordRows, options);
  const { appendLastPart = false, appendPath = false, dataset, excludedProperties = [], properties = {} } = checked;
  if (appendPath && appendLastPart) {
    const expected = 'only one of appendPath and appendLastPart';
    throw new InvalidArgumentError({ argument: 'appendLastPart', value: appendLastPart, expected });
  }
  if (dataset.includes('@') && (appendPath || appendLastPart)) {
    const expected = 'a file system, to append names to';
    throw new InvalidArgumentError({ argument: 'dataset', value: dataset, expected });
  }
  const twice = excludedProperties.find((name) => Object.hasOwn(properties, name));
  if (twice !== undefined) {
    const expected = 'no property that is set as well';
    throw new InvalidArgumentError({ argument: 'excludedProperties', value: twice, expected });
  }
  const excluded = excludedProperties.flatMap((name) => ['-x', name]);
  const words = [...argumentWords(receiveWordRows, checked), ...excluded, '--', dataset];
  // Killed, it throws away what came so far of a snapshot, or with -s keeps it. Snapshots and
  // datasets that were whole before stay.
  return createCommand('zfs', ['receive', ...words], { effect: 'write', stop: 'kill' });
}

/** Runs what {@link Zfs.receive} runs. */
export async function receiveStream(zfs: CommandRunner, options: ZfsReceiveOptions): Promise<void> {
  const { input, ...words } = checkOptions<ZfsReceiveOptions>(zfsReceiveRows, options);
  await zfs.feed(zfsReceiveCommand(words), input, words);
}
