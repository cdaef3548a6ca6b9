import { AbortedError, createCommand, run } from '@quiesce/command';
import { labTransport } from '@quiesce/lab/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createZfs,
  DatasetBusyError,
  ReceiveUnfinishedError,
  sendReceive,
  type SendReceiveOptions,
  type Transferred,
  type Zfs,
} from '../../src/index.js';

const here = 'concurrent-source';
const there = 'concurrent-target';
const files = '/var/tmp/concurrent-receives';

async function shell(script: string): Promise<string> {
  const command = createCommand('sh', ['-euc', script], { effect: 'write', stop: 'kill' });
  return (await run(labTransport(), command, { timeoutMs: 120_000 })).stdout.trim();
}

const removePools = `
  for pool in ${here} ${there}; do
    if zpool list $pool >/dev/null 2>&1; then zpool destroy -f $pool; fi
    rm -rf --one-file-system /$pool
  done
  rm -rf --one-file-system ${files}`;

describe('two transfers to one dataset at once', () => {
  let zfs: Zfs;

  beforeAll(async () => {
    zfs = createZfs({ transport: labTransport() });
    await shell(`${removePools}
      mkdir ${files}
      for pool in ${here} ${there}; do
        truncate -s 256M ${files}/$pool
        zpool create -f -O atime=off $pool ${files}/$pool
      done
      zfs create ${here}/vm
      head -c 6M /dev/urandom >/${here}/vm/image
      zfs snapshot ${here}/vm@1
      head -c 6M /dev/urandom >/${here}/vm/image
      zfs snapshot ${here}/vm@2`);
  });

  afterAll(async () => {
    await shell(removePools);
  });

  const increment = { incrementalFrom: '@1' } as const;
  const transfer = (snapshot: '1' | '2', to: Partial<SendReceiveOptions['to']> = {}): SendReceiveOptions => ({
    from: { zfs, snapshot: `${here}/vm@${snapshot}`, ...(snapshot === '2' && increment) },
    to: { zfs, dataset: `${there}/vm`, mount: false, ...to },
  });

  /** Runs one, and another one in the middle of it. */
  const beside = async (
    first: SendReceiveOptions,
    act: () => Promise<unknown>,
  ): Promise<{ first: PromiseSettledResult<Transferred>; second: unknown }> => {
    let second: Promise<unknown> | undefined;
    const running = sendReceive({
      ...first,
      maximumBytesPerSecond: 1024 ** 2,
      onProgress: ({ sentBytes }) => {
        if (sentBytes > 2_000_000) second ??= act().catch((error: unknown) => error);
      },
    });
    const [settled] = await Promise.allSettled([running]);
    return { first: settled, second: await second };
  };
  const again = (options: SendReceiveOptions) => () => sendReceive(options);

  it('goes on with the first, and refuses the second', async () => {
    const { first, second } = await beside(transfer('1'), again(transfer('1')));
    expect(ReceiveUnfinishedError.isInstance(second) && second.dataset).toBe(`${there}/vm`);
    expect(first).toMatchObject({ status: 'fulfilled', value: { snapshot: `${there}/vm@1`, resumed: false } });
    expect(await zfs.resumeToken({ dataset: `${there}/vm` })).toBeUndefined();
  });

  it('does so for one that keeps nothing, which is busy', async () => {
    const options = transfer('2', { resumable: false });
    const { first, second } = await beside(options, again(transfer('2')));
    expect(DatasetBusyError.isInstance(second) && second.dataset).toBe(`${there}/vm`);
    expect(first).toMatchObject({ status: 'fulfilled', value: { snapshot: `${there}/vm@2` } });
    await shell(`zfs rollback -r ${there}/vm@1`);
  });

  it('keeps what the first has sent, whatever the second tries, and goes on from there', async () => {
    const controller = new AbortController();
    const { first, second } = await beside({ ...transfer('2'), signal: controller.signal }, async () => {
      const refused: unknown[] = await Promise.all([
        sendReceive(transfer('2', { rollback: true })).catch((error: unknown) => error),
        zfs.abortReceive({ dataset: `${there}/vm` }).catch((error: unknown) => error),
      ]);
      controller.abort();
      return refused;
    });
    expect(second).toMatchObject([{ name: 'ReceiveUnfinishedError' }, { name: 'DatasetBusyError' }]);
    expect(first.status === 'rejected' && AbortedError.isInstance(first.reason)).toBe(true);
    const outcome = await sendReceive(transfer('2'));
    expect(outcome.resumed).toBe(true);
    expect(outcome.sentBytes).toBeLessThan(6 * 1024 ** 2);
    const sums = `for pool in ${here} ${there}; do
      mount -t zfs -o ro $pool/vm@2 /mnt && sha256sum </mnt/image && umount /mnt
    done`;
    const [sent, received] = (await shell(sums)).split('\n');
    expect(received).toBe(sent);
  });
});
