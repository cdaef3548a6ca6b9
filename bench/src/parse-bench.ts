import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createCommand, lineBatches, localTransport, run } from '@quiesce/command';
import { createZfs } from '@quiesce/zfs';

/** How {@link runParseBench} runs. */
export interface ParseBenchSettings {
  readonly rounds: number;
  readonly print: (line: string) => unknown;
}

/** What was measured of one way to read the rows. */
export interface ParseFigure {
  /** What was done. */
  readonly what: string;
  /** The median of all rounds. */
  readonly medianMs: number;
  /** Of all rounds, how many times as long as reading the bytes in the same round: the median. */
  readonly ratio: number;
  /** Most memory that the process had in use above what it had before, in the last round. */
  readonly peakBytes: number;
}

const count = 100_000;
const row = (number: number, ...cells: readonly (string | number)[]): string =>
  [`tank/guests/vm-${String(number % 50)}@auto-2026-11-26-${String(number).padStart(6, '0')}`, ...cells].join('\t');

/** What zfs prints of so many snapshots. */
const outputs = {
  list: (number: number) =>
    row(number, 'snapshot', number * 8192, '-', 5_368_709_120 + number * 4096, '-', 1_700_000_000 + number * 60),
  get: (number: number) => row(number, 'used', '-', number * 8192),
};

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** Programs that print the same as zfs would: what is measured is what is made of it. */
async function makePrograms(folder: string): Promise<Record<keyof typeof outputs, string>> {
  const make = async (kind: keyof typeof outputs): Promise<string> => {
    const file = path.join(folder, `${kind}.txt`);
    await writeFile(file, Array.from({ length: count }, (_, number) => `${outputs[kind](number)}\n`).join(''));
    const program = path.join(folder, kind);
    // Asked for names alone, as zfs.get does first, it prints only those.
    const names = String.raw`case "$*" in *"-o name,property "*) exec cut -f 1,2 ${file};; esac`;
    await writeFile(program, `#!/bin/sh\n${names}\nexec cat ${file}\n`);
    await chmod(program, 0o755);
    return program;
  };
  return { list: await make('list'), get: await make('get') };
}

/** Times reading of many snapshots, against reading the same bytes and nothing else, in turn. */
export async function runParseBench({ print, rounds }: ParseBenchSettings): Promise<readonly ParseFigure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'quiesce-bench-'));
  try {
    const programs = await makePrograms(folder);
    const transport = localTransport();
    const maximumOutputBytes = 2 ** 30;
    const lists = createZfs({ path: programs.list, maximumOutputBytes });
    const gets = createZfs({ path: programs.get, maximumOutputBytes });
    const cat = createCommand(programs.list, [], { effect: 'read' });
    const catGet = createCommand(programs.get, [], { effect: 'read' });
    const counted = async (source: AsyncIterable<{ readonly length: number } | object>): Promise<number> => {
      let items = 0;
      for await (const item of source) items += 'length' in item ? item.length : 1;
      return items;
    };
    const fields = ['usedBytes', 'availableBytes', 'referencedBytes', 'mounted', 'createdAt'] as const;
    const snapshots = { types: 'snapshot', datasets: 'tank', recursive: true } as const;
    const ways: readonly (readonly [what: string, base: string, run: () => Promise<unknown>])[] = [
      ['list: reading the bytes', 'list: reading the bytes', () => run(transport, cat, { maximumOutputBytes })],
      ['list: and splitting them', 'list: reading the bytes', () => counted(lineBatches(transport, cat))],
      ['zfs.list', 'list: reading the bytes', () => lists.list({ types: 'snapshot', fields })],
      ['zfs.listStream', 'list: reading the bytes', () => counted(lists.listStream({ types: 'snapshot', fields }))],
      ['get: reading the bytes', 'get: reading the bytes', () => run(transport, catGet, { maximumOutputBytes })],
      ['zfs.get', 'get: reading the bytes', () => gets.get({ ...snapshots, properties: 'used' })],
      ['zfs.getStream', 'get: reading the bytes', () => counted(gets.getStream({ ...snapshots, properties: 'used' }))],
    ];
    const times = new Map<string, number[]>(ways.map(([what]) => [what, []]));
    const peaks = new Map<string, number>();
    // The first round only warms up.
    for (let round = 0; round <= rounds; round += 1) {
      for (const [what, , run] of ways) {
        globalThis.gc?.();
        const before = process.memoryUsage().rss;
        let peak = before;
        const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 5);
        const startedAt = performance.now();
        await run().finally(() => {
          clearInterval(watch);
        });
        const took = performance.now() - startedAt;
        if (round > 0) times.get(what)?.push(took);
        peaks.set(what, Math.max(peak, process.memoryUsage().rss) - before);
      }
    }
    const figures = ways.map(([what, base]): ParseFigure => {
      const own = times.get(what) ?? [];
      const ratios = own.map((took, round) => took / (times.get(base)?.[round] ?? 1));
      return { what, medianMs: median(own), ratio: median(ratios), peakBytes: peaks.get(what) ?? 0 };
    });
    print(`${String(count)} snapshots, ${String(rounds)} rounds`);
    for (const { medianMs, peakBytes, ratio, what } of figures) {
      const memory = `${(peakBytes / 2 ** 20).toFixed(0).padStart(4)} MiB`;
      print(`${what.padEnd(26)} ${medianMs.toFixed(0).padStart(6)} ms  ${ratio.toFixed(2).padStart(6)} x  ${memory}`);
    }
    return figures;
  } finally {
    await rm(folder, { recursive: true });
  }
}
