import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createCommand, localTransport, run } from '@quiesce/command';
import { createRsync, rsyncCommand } from '@quiesce/rsync';
import type { ParseBenchSettings } from './parse-bench.js';
import { median } from './summary.js';

/** What was measured of the client against rsync alone. */
export interface RsyncFigure {
  /** Of all rounds, how many times as long as rsync alone in the same round: the median. */
  readonly ratio: number;
  /** The same against rsync whose output another program reads, as the client does. */
  readonly ratioToPiped: number;
  /** The medians of all three, in milliseconds. */
  readonly bareMs: number;
  readonly pipedMs: number;
  readonly clientMs: number;
  /** Processor time that this process took in the client's runs, in milliseconds: the median. */
  readonly ownMs: number;
  /** Most memory that this process had in use above what it had before, of all rounds. */
  readonly peakBytes: number;
}

const files = 100_000;
const make =
  'mkdir "$1" && cd "$1" && seq 100 | xargs mkdir && seq 1000 | while read n; do printf "%s/f$n\\n" $(seq 100); done | xargs touch';

/** Times the copy of many small files with all changes and progress read, against rsync alone. */
export async function runRsyncBench({ print, rounds }: ParseBenchSettings): Promise<RsyncFigure> {
  const folder = await mkdtemp(path.join(tmpdir(), 'quiesce-bench-'));
  const [source, destination] = [`${path.join(folder, 'source')}/`, `${path.join(folder, 'copy')}/`];
  const options = { source, destination, archive: true, itemizeChanges: true };
  const { args } = rsyncCommand(options);
  const shell = async (script: string, ...words: readonly string[]): Promise<unknown> =>
    run(localTransport(), createCommand('sh', ['-c', script, 'sh', ...words], { effect: 'write' }));
  const rsync = createRsync();
  let changes = 0;
  const sides = {
    bare: async () => shell('exec rsync "$@" >/dev/null', ...args),
    piped: async () => shell('rsync "$@" | cat >/dev/null', ...args),
    client: async () => {
      for await (const event of rsync.sync(options)) if (event.type === 'change') changes += 1;
    },
  };
  const times: Record<keyof typeof sides, number[]> = { bare: [], piped: [], client: [] };
  const own: number[] = [];
  let peakBytes = 0;
  const measure = async (side: keyof typeof sides, counts: boolean): Promise<void> => {
    await rm(destination, { recursive: true, force: true });
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    const watch = setInterval(() => {
      peakBytes = Math.max(peakBytes, process.memoryUsage().rss - before);
    }, 20);
    const [cpu, startedAt] = [process.cpuUsage(), performance.now()];
    await sides[side]().finally(() => clearInterval(watch));
    if (!counts) return;
    times[side].push(performance.now() - startedAt);
    const { system, user } = process.cpuUsage(cpu);
    if (side === 'client') own.push((system + user) / 1000);
  };
  try {
    await shell(make, source);
    // The first round only warms up, and each begins with the other side.
    for (let round = 0; round <= rounds; round += 1) {
      const order = ['bare', 'piped', 'client'] as const;
      for (const side of [...order.slice(round % 3), ...order.slice(0, round % 3)]) await measure(side, round > 0);
    }
    const told = changes / (rounds + 1);
    if (told < files) throw new Error(`only ${String(told)} changes were told of ${String(files)} files`);
    const against = (side: readonly number[]): number =>
      median(times.client.map((took, round) => took / (side[round] ?? took)));
    const [ratio, ratioToPiped] = [against(times.bare), against(times.piped)];
    const [bareMs, pipedMs, clientMs] = [median(times.bare), median(times.piped), median(times.client)];
    const ownMs = median(own);
    const figure = { ratio, ratioToPiped, bareMs, pipedMs, clientMs, ownMs, peakBytes };
    print(`${String(files)} files, ${String(rounds)} rounds`);
    print(
      `rsync alone ${bareMs.toFixed(0)} ms, with cat behind it ${pipedMs.toFixed(0)} ms, the client ${clientMs.toFixed(0)} ms`,
    );
    print(`the client takes ${ratio.toFixed(3)} x rsync alone, ${ratioToPiped.toFixed(3)} x rsync with cat`);
    print(`of its own ${figure.ownMs.toFixed(0)} ms of processor, ${(peakBytes / 2 ** 20).toFixed(0)} MiB at most`);
    return figure;
  } finally {
    await rm(folder, { recursive: true });
  }
}
