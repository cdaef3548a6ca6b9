import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AbortedError, createCommand, run, sshTransport, type Transport } from '@quiesce/command';
import type { Lab } from '@quiesce/lab';
import { labTransport, secondLab } from '@quiesce/lab/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createZfs,
  DestinationModifiedError,
  IncrementalSourceMissingError,
  OtherTransferError,
  sendReceive,
  type SendReceiveOptions,
  type TransferProgress,
  type Zfs,
} from '../../src/index.js';

const here = 'transfer-source';
const there = 'transfer-target';

async function shell(transport: Transport, script: string): Promise<string> {
  const command = createCommand('sh', ['-euc', script], { effect: 'write', stop: 'kill' });
  return (await run(transport, command, { timeoutMs: 120_000 })).stdout.trim();
}

const makePool = (pool: string): string => `
  mkdir -p /var/tmp/${pool}
  truncate -s 1G /var/tmp/${pool}/disk
  zpool create -f -O compression=lz4 -O atime=off ${pool} /var/tmp/${pool}/disk`;
const removePool = (pool: string): string => `
  if zpool list ${pool} >/dev/null 2>&1; then zpool destroy -f ${pool}; fi
  rm -rf --one-file-system /var/tmp/${pool} /${pool}`;

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'it did not fail',
    (error: unknown) => error,
  );

/** The checksums of all files of a snapshot. */
const sums = (transport: Transport, snapshot: string): Promise<string> => {
  const [dataset = '', name = ''] = snapshot.split('@');
  const script = `
    folder=$(mktemp -d)
    mount -t zfs -o ro ${dataset}@${name} "$folder"
    (cd "$folder" && find . -type f -print0 | sort -z | xargs -0 sha256sum)
    umount "$folder"
    rmdir "$folder"`;
  return shell(transport, script);
};

describe('sending and receiving between two hosts', () => {
  let lab: Lab;
  let source: Zfs;
  let target: Zfs;
  const ours = (): Transport => labTransport();

  beforeAll(async () => {
    lab = await secondLab();
    source = createZfs({ transport: ours() });
    target = createZfs({ transport: lab.transport });
    // Guests that nobody looks at take the processors from both hosts.
    await shell(lab.transport, 'for guest in $(virsh list --name); do virsh destroy "$guest"; done');
    await shell(lab.transport, removePool(there) + makePool(there));
    await shell(
      ours(),
      `${removePool(here)}${makePool(here)}
      zfs create ${here}/vm
      head -c 10M /dev/urandom >/${here}/vm/image
      zfs snapshot ${here}/vm@1
      for number in 2 3 4; do
        head -c 3M /dev/urandom >/${here}/vm/$number
        zfs snapshot ${here}/vm@$number
      done
      zfs create ${here}/vm/child
      zfs snapshot -r ${here}/vm@5
      zfs create ${here}/other
      head -c 6M /dev/urandom >/${here}/other/file
      zfs snapshot ${here}/other@1
      zfs bookmark ${here}/vm@4 ${here}/vm#4`,
    );
  });

  afterAll(async () => {
    await shell(ours(), removePool(here));
    await shell(lab.transport, removePool(there));
    await lab.stop();
  });

  const vm = (snapshot: string, others: Partial<SendReceiveOptions['from']> = {}): SendReceiveOptions => ({
    from: { zfs: source, snapshot: `${here}/vm@${snapshot}`, ...others },
    to: { zfs: target, dataset: `${there}/vm`, mount: false },
  });

  /** Calls it, and does something when so many bytes have gone over. */
  const interrupted = async (options: SendReceiveOptions, afterBytes: number, act: () => unknown): Promise<unknown> => {
    let acted: unknown;
    const error = await failure(
      sendReceive({
        maximumBytesPerSecond: 4 * 1024 ** 2,
        ...options,
        onProgress: ({ sentBytes }) => {
          if (sentBytes > afterBytes) acted ??= act() ?? true;
        },
      }),
    );
    await acted;
    return error;
  };

  it('is aborted half-way, and goes on from there to the same bytes', async () => {
    const controller = new AbortController();
    const error = await interrupted({ ...vm('1'), signal: controller.signal }, 4_000_000, () => {
      controller.abort();
    });
    expect(AbortedError.isInstance(error)).toBe(true);
    expect(await target.resumeToken({ dataset: `${there}/vm` })).toMatch(/^1-/);

    const progress: TransferProgress[] = [];
    const outcome = await sendReceive({ ...vm('1'), onProgress: (one) => progress.push(one) });
    expect(outcome).toMatchObject({ snapshot: `${there}/vm@1`, resumed: true });
    expect(outcome.sentBytes).toBeLessThan(10 * 1024 ** 2);
    expect(progress.length).toBeGreaterThan(0);
    expect(progress[0]?.estimatedBytes).toBeLessThan(10 * 1024 ** 2);
    expect(await sums(lab.transport, `${there}/vm@1`)).toBe(await sums(ours(), `${here}/vm@1`));
  });

  it('sends nothing a second time', async () => {
    expect(await sendReceive(vm('1'))).toMatchObject({ sentBytes: 0, resumed: false });
  });

  it('tells how much there is to send', async () => {
    const size = await source.sendSize({ snapshot: `${here}/vm@4`, incrementalFrom: '@1', intermediates: true });
    expect(size.parts.map(({ snapshot }) => snapshot)).toEqual(['2', '3', '4'].map((name) => `${here}/vm@${name}`));
    expect(size.estimatedBytes).toBeGreaterThan(9 * 1024 ** 2);
  });

  it.each([
    ['receives', () => lab.transport, 'zfs receive'],
    ['sends', ours, 'zfs send'],
  ])('goes on with several snapshots after the side that %s was killed', async (_, side, program) => {
    await shell(lab.transport, `zfs rollback -r ${there}/vm@1`);
    const several = vm('4', { incrementalFrom: '@1', intermediates: true });
    // Early and slowly: what sends is ahead by all that fits into buffers, and may not have ended.
    const error = await interrupted({ ...several, maximumBytesPerSecond: 1_500_000 }, 3_000_000, () =>
      shell(side(), `pkill -9 -f '^${program}.*${program === 'zfs send' ? here : there}/vm'`),
    );
    expect(error).toBeInstanceOf(Error);
    const outcome = await sendReceive(several);
    expect(outcome).toMatchObject({ snapshot: `${there}/vm@4` });
    expect(outcome.sentBytes).toBeLessThan(9 * 1024 ** 2);
    for (const name of ['2', '3', '4']) {
      expect(await sums(lab.transport, `${there}/vm@${name}`)).toBe(await sums(ours(), `${here}/vm@${name}`));
    }
  });

  it('goes on after the link was cut', async () => {
    await shell(lab.transport, `zfs destroy -r ${there}/vm`);
    await using cut = sshTransport({ ...lab.ssh, shareConnection: false });
    const over = { ...vm('1'), to: { zfs: createZfs({ transport: cut }), dataset: `${there}/vm`, mount: false } };
    try {
      expect(await interrupted(over, 4_000_000, () => lab.setLink('down'))).toBeInstanceOf(Error);
    } finally {
      await lab.setLink('up');
    }
    await using again = sshTransport({ ...lab.ssh, shareConnection: false });
    // The other host learns of it later than we do.
    await shell(
      again,
      `pkill -9 -f '^zfs receive.*${there}/vm' || true; while pgrep -f '^zfs receive'; do sleep 0.2; done`,
    );
    const outcome = await sendReceive({ ...over, to: { ...over.to, zfs: createZfs({ transport: again }) } });
    expect(outcome.resumed).toBe(true);
    expect(await sums(again, `${there}/vm@1`)).toBe(await sums(ours(), `${here}/vm@1`));
  });

  it('refuses to mix two transfers, until the first is given up', async () => {
    const other: SendReceiveOptions = {
      from: { zfs: source, snapshot: `${here}/other@1` },
      to: { zfs: target, dataset: `${there}/mixed` },
    };
    const controller = new AbortController();
    await interrupted({ ...other, signal: controller.signal }, 2_000_000, () => {
      controller.abort();
    });
    const wrong = { from: { zfs: source, snapshot: `${here}/vm@1` }, to: other.to };
    const error = await failure(sendReceive(wrong));
    expect(OtherTransferError.isInstance(error) && error.unfinished).toBe(`${here}/other@1`);
    expect(String(error)).toContain(`zfs receive -A ${there}/mixed`);
    await target.abortReceive({ dataset: `${there}/mixed` });
    expect(await sendReceive(wrong)).toMatchObject({ resumed: false, snapshot: `${there}/mixed@1` });
  });

  it('names what does not fit', async () => {
    const increment = vm('5', { incrementalFrom: '#4' });
    const missing = await failure(sendReceive(increment));
    expect(IncrementalSourceMissingError.isInstance(missing) && missing.dataset).toBe(`${there}/vm`);
    await sendReceive(vm('4', { incrementalFrom: '@1', intermediates: true }));
    await shell(lab.transport, `zfs mount ${there}/vm && touch /${there}/vm/changed && zfs unmount ${there}/vm`);
    const modified = await failure(sendReceive(increment));
    expect(DestinationModifiedError.isInstance(modified) && modified.dataset).toBe(`${there}/vm`);
    const outcome = await sendReceive({ ...increment, to: { ...increment.to, rollback: true } });
    expect(outcome.snapshot).toBe(`${there}/vm@5`);
    expect(await sums(lab.transport, `${there}/vm@5`)).toBe(await sums(ours(), `${here}/vm@5`));
  });

  it('replicates all below, with what was set anew on the way', async () => {
    await sendReceive({
      from: { zfs: source, snapshot: `${here}/vm@5`, replicate: true, raw: true },
      to: { zfs: target, dataset: `${there}/all`, mount: false, properties: { 'quiesce:copy': 'of a b' } },
    });
    const found = await target.list({ datasets: `${there}/all`, recursive: true, types: ['filesystem', 'snapshot'] });
    const names = found.map(({ name }) => name.replace(`${there}/all`, '')).sort();
    expect(names).toEqual(['', '/child', '/child@5', '@1', '@2', '@3', '@4', '@5']);
    const properties = await target.get({ datasets: `${there}/all`, properties: 'quiesce:copy' });
    expect(properties[`${there}/all`]?.['quiesce:copy']?.value).toBe('of a b');
  });

  it('sends what is encrypted without its key, which the other side loads', async () => {
    const secret = `${here}/secret`;
    const copy = `${there}/secret`;
    const key = 'a long passphrase';
    await source.create({ name: secret, encryption: { keyFormat: 'passphrase', key } });
    await shell(ours(), `head -c 2M /dev/urandom >/${secret}/file; zfs snapshot ${secret}@1`);
    const before = await sums(ours(), `${secret}@1`);
    await source.unmount({ filesystem: secret, unloadKey: true });
    await sendReceive({
      from: { zfs: source, snapshot: `${secret}@1`, raw: true },
      to: { zfs: target, dataset: copy, mount: false },
    });
    const properties = await target.get({ datasets: copy, properties: ['keystatus', 'encryptionroot'] });
    expect(properties[copy]?.keystatus?.value).toBe('unavailable');
    expect(properties[copy]?.encryptionroot?.value).toBe(copy);
    expect(await failure(target.mount({ filesystem: copy }))).toMatchObject({ name: 'KeyNotLoadedError' });
    await target.loadKey({ dataset: copy, key });
    expect(await sums(lab.transport, `${copy}@1`)).toBe(before);
  });

  it('sends into a file and receives from it', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'quiesce-send-'));
    try {
      const file = path.join(folder, 'other.zfs');
      await pipeline(source.send({ snapshot: `${here}/other@1`, compressed: true }), createWriteStream(file));
      await target.receive({ dataset: `${there}/restored`, input: createReadStream(file), mount: false });
      const half = createReadStream(file, { end: 3_000_000 });
      const torn = await failure(
        target.receive({ dataset: `${there}/torn`, input: half, mount: false, resumable: true }),
      );
      expect(torn).toMatchObject({
        name: 'StreamIncompleteError',
        resumeToken: expect.stringMatching(/^1-/) as string,
      });
      expect(await sums(lab.transport, `${there}/restored@1`)).toBe(await sums(ours(), `${here}/other@1`));
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
