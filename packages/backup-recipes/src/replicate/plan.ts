import { toShell, type Command } from '@quiesce/command';
import {
  createZfs,
  zfsHoldCommand,
  zfsReceiveCommand,
  zfsSendCommand,
  zfsSnapshotCommand,
  type Zfs,
} from '@quiesce/zfs';
import { createRunId } from '../run-id.js';
import { readStates } from '../target/states.js';
import { needsSnapshot, propertiesOfNow } from './make-snapshot.js';
import { replicaSnapshot, sendTag } from './names.js';
import type { ResolvedReplicateOptions } from './options.js';
import { planTransfers, snapshotsGivenUp, type Transfer } from './plan-transfers.js';
import type { Side } from './read-side.js';
import { receiveOptions, sendOptions } from './send.js';
import { readSides } from './survey.js';

/** One stream that would be sent. */
export interface PlannedTransfer extends Transfer {
  /** Runs on the host of the target; its output is the input of `receive`. */
  readonly send: Command;
  /** Runs on the host of the copy. */
  readonly receive: Command;
  /** How much it is by the estimate of ZFS, in bytes. Undefined where it gives none yet. */
  readonly estimatedBytes: number | undefined;
}

/** What `run` of {@link replicate} would do. Everything but `toShell` is data. */
export interface ReplicatePlan {
  readonly version: 1;
  readonly recipe: 'replicate';
  readonly target: string;
  /** The dataset that is the copy, or becomes it. */
  readonly copy: string;
  /** Whether the copy is there already. */
  readonly copyExists: boolean;
  /** Makes the snapshot of what the target holds now. Undefined where one holds it already. */
  readonly snapshot: Command | undefined;
  /** Keeps what is sent from being removed on the way. Undefined where nothing is sent. */
  readonly hold: Command | undefined;
  readonly transfers: readonly PlannedTransfer[];
  /** Snapshots that are on the copy alone, the oldest first, and that `rollback` destroys. */
  readonly givenUp: readonly string[];
  /** A shell script that does the sending. `there` in it reaches the host of the copy. */
  toShell(): string;
}

/** A source as it would be after its snapshot was made. */
function withSnapshot(source: Side, name: string): Side {
  const newest = { name, guid: '', createtxg: Number.POSITIVE_INFINITY, createdAt: undefined, holds: 0 };
  return { ...source, snapshots: [...source.snapshots, { ...newest, provenance: source.provenance }] };
}

async function estimate(zfs: Zfs, options: Parameters<Zfs['sendSize']>[0]): Promise<number | undefined> {
  // It is no more than a hint, and of a snapshot that is not made yet there is none.
  return zfs.sendSize(options).then(
    ({ estimatedBytes }) => estimatedBytes,
    () => undefined,
  );
}

/** Looks at both sides, and tells what `run` would do. */
export async function planReplicate(
  options: ResolvedReplicateOptions,
  signal: AbortSignal | undefined,
): Promise<ReplicatePlan> {
  const { limits, target, to, transport } = options;
  const call = { signal, timeoutMs: limits.readMs };
  const zfs = createZfs({ transport });
  const sides = await readSides(options, { source: zfs, copy: createZfs({ transport: to.transport }) }, signal);
  const states = await readStates({ transport, zfs }, target, call);
  const epochSeconds = Math.floor(Date.now() / 1000);
  const name = needsSnapshot(target, states) ? replicaSnapshot(target, epochSeconds) : undefined;
  const [now] = states;
  const source = name === undefined ? sides.source : withSnapshot(sides.source, name);
  const sending = planTransfers(source, sides.copy);
  const transfers: PlannedTransfer[] = [];
  for (const transfer of sending.transfers) {
    const send = sendOptions(options, source, transfer);
    transfers.push({
      ...transfer,
      send: zfsSendCommand(send),
      receive: zfsReceiveCommand(receiveOptions(options, source, transfer)),
      estimatedBytes: transfer.snapshot === name ? undefined : await estimate(zfs, { ...call, ...send }),
    });
  }
  const givenUp = transfers.length === 0 ? [] : snapshotsGivenUp(sides.source, sides.copy).map((one) => one.name);
  const snapshot =
    name === undefined || now === undefined
      ? undefined
      : zfsSnapshotCommand({ snapshots: name, properties: propertiesOfNow(now) });
  const held = sending.snapshots.map((one) => one.name);
  const hold =
    held.length === 0 ? undefined : zfsHoldCommand({ tag: sendTag(createRunId(epochSeconds)), snapshots: held });
  return {
    ...{ version: 1, recipe: 'replicate', target, copy: to.dataset, copyExists: sides.copy !== undefined },
    ...{ snapshot, hold, transfers, givenUp },
    toShell: () =>
      [
        '#!/bin/bash',
        'set -euo pipefail',
        `# Where ${to.dataset} is on another host: there() { ssh HOST "$(printf '%q ' "$@")"; }`,
        'there() { "$@"; }',
        ...givenUp.map((one) => `# This destroys ${one}, which is on the copy alone.`),
        ...(snapshot === undefined ? [] : [toShell(snapshot)]),
        ...(hold === undefined ? [] : [toShell(hold)]),
        ...transfers.map(({ receive, send }) => `${toShell(send)} | there ${toShell(receive)}`),
        '',
      ].join('\n'),
  };
}
