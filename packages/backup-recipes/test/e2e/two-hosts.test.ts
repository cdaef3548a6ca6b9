import { setTimeout as delay } from 'node:timers/promises';
import { createCommand, run, type Transport } from '@quiesce/command';
import type { Lab } from '@quiesce/lab';
import { labTransport, secondLab } from '@quiesce/lab/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  HostBusyError,
  listBackups,
  replicate,
  ReplicateFailedError,
  restoreImages,
  RestoreFailedError,
  reconcile,
  type ReplicateOptions,
  type ReplicateReport,
} from '../../src/index.js';
import { backUp, imagesFolder, makePool, removePool, runOf } from './hand-made.js';

const here = labTransport();
const [pool, offsite] = ['two-hosts', 'two-hosts-offsite'];
const target = `${pool}/backups`;
const copy = `${offsite}/backups`;
const epochs = [1_364_083_186, 1_364_169_586] as const;
const image = 'SSD.images/image';
const scratch = '/var/tmp/two-hosts-restored';

let lab: Lab;
let there: Transport;

async function shell(transport: Transport, script: string): Promise<string> {
  const command = createCommand('sh', ['-euc', script], { effect: 'write', stop: 'kill' });
  return (await run(transport, command, { timeoutMs: 120_000 })).stdout.trim();
}

const guids = (transport: Transport, dataset: string): Promise<string> =>
  shell(transport, `zfs list -H -t snapshot -o name,guid -s createtxg ${dataset} | sed 's/.*@//'`);
const sum = async (transport: Transport, file: string): Promise<string> =>
  (await shell(transport, `sha256sum <${file}`)).slice(0, 64);

/** A run with something done to it when it has sent so many bytes: it fails. */
async function interrupted(
  options: ReplicateOptions,
  afterBytes: number,
  act: () => unknown,
): Promise<ReplicateReport> {
  let acted: unknown;
  const error: unknown = await replicate({ ...options, maximumBytesPerSecond: 2 * 1024 ** 2 })
    .run({
      onEvent: (event) => {
        if (event.type === 'progress' && event.sentBytes > afterBytes) acted ??= act() ?? true;
      },
    })
    .catch((reason: unknown) => reason);
  await acted;
  if (!ReplicateFailedError.isInstance(error)) throw new Error('it did not fail so', { cause: error });
  return error.report;
}

/**
 * Reconciles a host to which the link was cut. It learns of that within a minute: until then the
 * run that was cut off holds its lock.
 */
async function reconciled(transport: Transport): Promise<void> {
  const until = performance.now() + 120_000;
  for (;;) {
    try {
      await reconcile({ transport }).run();
      return;
    } catch (error) {
      if (!HostBusyError.isInstance(error) || performance.now() > until) throw error;
      await delay(1000);
    }
  }
}

/** A target on one host, its copy on another, and what is restored from one to the other. */
describe('two hosts', () => {
  beforeAll(async () => {
    lab = await secondLab();
    there = lab.transport;
    // Guests that nobody looks at take the processors from both hosts.
    await shell(there, 'for guest in $(virsh list --name); do virsh destroy "$guest"; done');
    await shell(there, `${removePool(offsite)}${makePool(offsite)}; rm -rf ${scratch}; mkdir ${scratch}`);
    const first = backUp({ target, epoch: epochs[0], folders: [imagesFolder(epochs[0], 24)] });
    await shell(here, `${removePool(pool)}${makePool(pool)}; zfs create ${target}; ${first}`);
  });

  afterAll(async () => {
    await shell(here, `${removePool(pool)}; rm -rf ${scratch} /run/quiesce-replicate`);
    await shell(there, `${removePool(offsite)}; rm -rf ${scratch}`);
    await lab.stop();
  });

  const options = (): ReplicateOptions => ({ target, to: { dataset: copy, transport: there }, transport: here });

  it('go on from where they were when the link was cut, and when a program of either was killed', async () => {
    const cut = await interrupted(options(), 4_000_000, () => lab.setLink('down'));
    await lab.setLink('up');
    expect(cut).toMatchObject({ outcome: 'failed', newest: undefined });
    const killedThere = await interrupted(options(), 2_000_000, () => shell(there, 'pkill -KILL -x zfs'));
    expect(killedThere).toMatchObject({ outcome: 'failed', newest: undefined });
    const killedHere = await interrupted(options(), 2_000_000, () => shell(here, 'pkill -KILL -x zfs'));
    expect(killedHere).toMatchObject({ outcome: 'failed', newest: undefined });

    const report = await replicate(options()).run();
    expect(report).toMatchObject({ outcome: 'success', resumed: true, held: [] });
    // Of what went over before nothing went again.
    expect(report.sentBytes).toBeLessThan(18 * 1024 ** 2);
    expect(report.newest?.runId).toBe(runOf(epochs[0]));
    expect(await guids(there, copy)).toBe(await guids(here, target));
  });

  it('have the same backups, and the next time what changed goes over', async () => {
    const [before, epoch] = epochs;
    await shell(here, backUp({ target, epoch, before, folders: [imagesFolder(epoch, 1)] }));
    const report = await replicate({ ...options(), mount: true, verify: 'checksums' }).run();
    expect(report.sentBytes).toBeLessThan(4 * 1024 ** 2);
    expect(report.verified?.backups).toMatchObject([{ outcome: 'whole', runId: runOf(epochs[1]) }]);
    const { backups } = await listBackups({ target: copy, transport: there }).run();
    expect(backups.map(({ complete, runId }) => [runId, complete])).toContainEqual([runOf(epochs[0]), true]);
  });

  it('restore an image of one to the other, and leave the old one when the link is cut half-way', async () => {
    await shell(there, `echo old >${scratch}/image`);
    const toThere = { file: `${scratch}/image`, transport: there };
    const restoring = restoreImages({ target, transport: here, restore: { images: image }, to: toThere });
    let cutting: Promise<void> | undefined;
    const error: unknown = await restoring
      .run({
        onEvent: (event) => {
          if (event.type === 'progress') cutting ??= lab.setLink('down');
        },
      })
      .catch((reason: unknown) => reason);
    await cutting;
    await lab.setLink('up');
    if (!RestoreFailedError.isInstance(error)) throw new Error('it did not fail so', { cause: error });
    expect(error.report).toMatchObject({ outcome: 'failed', files: [{ outcome: 'kept' }] });
    expect(await shell(there, `cat ${scratch}/image`)).toBe('old');
    await reconciled(there);
    expect(await shell(there, `ls -A ${scratch}`)).toBe('image');

    const report = await restoring.run();
    expect(report.files).toMatchObject([{ to: `${scratch}/image`, outcome: 'restored', verifiedBy: 'checksum' }]);
    expect(await sum(there, `${scratch}/image`)).toBe(await sum(here, `/${target}/${image}`));
  });

  it('restore from the copy', async () => {
    const back = { file: `${scratch}/image`, transport: here };
    await shell(here, `mkdir -p ${scratch}`);
    const before = new Date(epochs[0] * 1000 + 1000);
    const restore = { target: copy, transport: there, restore: { images: image }, to: back };
    const report = await restoreImages({ ...restore, backup: before }).run();
    expect(report).toMatchObject({
      restoredRuns: [runOf(epochs[0])],
      files: [{ outcome: 'restored', verifiedBy: 'checksum' }],
    });
    expect(await sum(here, `${scratch}/image`)).not.toBe(await sum(here, `/${target}/${image}`));
  });
});
