import { AbortedError, createCommand, run } from '@quiesce/command';
import { labTransport } from '@quiesce/lab/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createZfs, sendReceive, type SendReceiveOptions, type Zfs } from '../../src/index.js';

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
      head -c 12M /dev/urandom >/${here}/vm/image
      zfs snapshot ${here}/vm@1
      head -c 12M /dev/urandom >/${here}/vm/image
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

  /** Receives one stream, and does something when most of it is there: the rest waits for that. */
  const beside = async (
    snapshot: '1' | '2',
    act: () => Promise<unknown>,
    { resumable = true, signal }: { resumable?: boolean; signal?: AbortSignal } = {},
  ): Promise<{ first: PromiseSettledResult<void>; second: unknown }> => {
    let second: unknown;
    async function* held(): AsyncGenerator<Uint8Array> {
      let sentBytes = 0;
      const { zfs: _, ...what } = transfer(snapshot).from;
      for await (const bytes of zfs.send(what)) {
        yield bytes;
        sentBytes += bytes.length;
        // More than fits into what is between here and zfs.
        if (sentBytes > 10_000_000) second ??= await act().catch((error: unknown) => error);
      }
    }
    const to = { dataset: `${there}/vm`, mount: false, resumable, ...(signal !== undefined && { signal }) };
    const [first] = await Promise.allSettled([zfs.receive({ ...to, input: held() })]);
    return { first, second };
  };
  const again = (options: SendReceiveOptions) => () => sendReceive(options);

  it('goes on with the first, and refuses the second', async () => {
    const { first, second } = await beside('1', again(transfer('1')));
    expect(second).toMatchObject({ name: 'ReceiveUnfinishedError', dataset: `${there}/vm` });
    expect(first.status).toBe('fulfilled');
    expect(await sendReceive(transfer('1'))).toMatchObject({ sentBytes: 0, resumed: false });
  });

  it('does so for one that keeps nothing, which is busy', async () => {
    const { first, second } = await beside('2', again(transfer('2')), { resumable: false });
    expect(second).toMatchObject({ name: 'DatasetBusyError', dataset: `${there}/vm` });
    expect(first.status).toBe('fulfilled');
    await shell(`zfs rollback -r ${there}/vm@1`);
  });

  it('keeps what the first has sent, whatever the second tries, and goes on from there', async () => {
    const controller = new AbortController();
    const attempts = async (): Promise<unknown> => {
      const refused = [
        await sendReceive(transfer('2', { rollback: true })).catch((error: unknown) => error),
        await zfs.abortReceive({ dataset: `${there}/vm` }).catch((error: unknown) => error),
      ];
      controller.abort();
      return refused;
    };
    const { first, second } = await beside('2', attempts, { signal: controller.signal });
    expect(second).toMatchObject([{ name: 'ReceiveUnfinishedError' }, { name: 'DatasetBusyError' }]);
    expect(first.status === 'rejected' && AbortedError.isInstance(first.reason)).toBe(true);
    const outcome = await sendReceive(transfer('2'));
    expect(outcome.resumed).toBe(true);
    expect(outcome.sentBytes).toBeLessThan(12 * 1024 ** 2);
    const sums = `for pool in ${here} ${there}; do
      mount -t zfs -o ro $pool/vm@2 /mnt && sha256sum </mnt/image && umount /mnt
    done`;
    const [sent, received] = (await shell(sums)).split('\n');
    expect(received).toBe(sent);
  });
});
