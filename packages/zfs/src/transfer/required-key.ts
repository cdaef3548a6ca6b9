import {
  checkOptions,
  parseOutput,
  type CallOptions,
  type Checked,
  type Command,
  type CommandOutput,
  type CommandRunner,
} from '@quiesce/command';
import { withDeadline } from '../deadline.js';
import { parseZfsGet, propertiesByDataset, zfsGetCommand } from '../dataset/get.js';
import { KeyNotLoadedError } from '../errors/key-errors.js';
import { zfsSendCommand, zfsSendRows, type ZfsSendOptions, type ZfsSendSnapshotOptions } from './send.js';

/** What runs commands of zfs: a client, or the runner of one. */
interface Runner {
  run(command: Command, call: CallOptions): Promise<CommandOutput>;
}

/**
 * Whether the key has to be looked at before: without it OpenZFS 2.1 sends of several snapshots a
 * stream with none in it, says that it has sent all, and `receive` takes it.
 */
export function mustHaveKey({ intermediates, raw, replicate }: Partial<Checked<ZfsSendSnapshotOptions>>): boolean {
  return intermediates === true && raw !== true && replicate !== true;
}

/**
 * Looks whether the key is loaded that a snapshot is encrypted with.
 *
 * @throws {@link KeyNotLoadedError} where it is not.
 */
export async function requireKey(zfs: Runner, snapshot: string, call: CallOptions): Promise<void> {
  const [dataset = ''] = snapshot.split('@');
  const question = { datasets: dataset, properties: 'keystatus' } as const;
  const output = await zfs.run(zfsGetCommand(question), call);
  const found = parseOutput(output, (stdout) => propertiesByDataset(parseZfsGet(stdout, question)));
  if (found[dataset]?.['keystatus']?.value !== 'unavailable') return;
  throw KeyNotLoadedError.create(
    { ...output, reason: `cannot send '${snapshot}': its key is not loaded` },
    { dataset },
  );
}

async function* sendWithKey(
  zfs: CommandRunner,
  snapshot: string,
  options: ZfsSendOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  const command = zfsSendCommand(options);
  const left = await withDeadline(options, command, async ({ call }) => {
    await requireKey(zfs, snapshot, call());
    return call();
  });
  yield* zfs.bytes(command, left);
}

/** Runs what {@link Zfs.send} runs: the options are checked at once. */
export function sendStream(zfs: CommandRunner, options: ZfsSendOptions): AsyncIterable<Uint8Array> {
  const checked = checkOptions<ZfsSendOptions>(zfsSendRows, options);
  const command = zfsSendCommand(options);
  if (!('snapshot' in checked) || !mustHaveKey(checked)) return zfs.bytes(command, options);
  return sendWithKey(zfs, checked.snapshot, options);
}
