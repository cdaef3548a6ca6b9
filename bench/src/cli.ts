import { open } from 'node:fs/promises';
import process from 'node:process';
import { abortWhenInterrupted, createProgressPrinter, installMissingPackages, startLab } from '@quiesce/lab';
import { parseCommandLine, usage, UsageError, type BenchCommandLine } from './arguments.js';
import { runParseBench } from './parse-bench.js';
import { runRsyncBench } from './rsync-bench.js';
import { runPauseBench } from './pause-bench.js';
import { runRunBench } from './run-bench.js';

const printError = (line: string): unknown => process.stderr.write(`${line}\n`);
const print = (line: string): unknown => process.stdout.write(`${line}\n`);

const signal = abortWhenInterrupted((reason) => printError(`${reason}: stopping in order …`));

async function inLab(
  bench: 'pause' | 'run',
  { release, rounds }: Pick<BenchCommandLine, 'release' | 'rounds'>,
): Promise<unknown> {
  const { onProgress } = createProgressPrinter(printError);
  await installMissingPackages({ onProgress, signal });
  await using lab = await startLab({ release, onProgress, signal });
  print(`Debian ${lab.release}, ${lab.accelerator === 'kvm' ? 'KVM' : 'software emulation'}`);
  return await { pause: runPauseBench, run: runRunBench }[bench](lab, { rounds, signal, print });
}

try {
  const { bench, rounds, release, json } = parseCommandLine(process.argv.slice(2));
  await using file = json === undefined ? undefined : await open(json, 'w');
  const alone = { parse: runParseBench, rsync: runRsyncBench };
  const result =
    bench === 'parse' || bench === 'rsync'
      ? await alone[bench]({ rounds, print })
      : await inLab(bench, { rounds, release });
  await file?.writeFile(`${JSON.stringify(result, undefined, 2)}\n`);
} catch (error) {
  const isUsage = error instanceof UsageError;
  printError(`bench: ${error instanceof Error ? error.message : String(error)}${isUsage ? `\n${usage()}` : ''}`);
  process.exitCode ??= isUsage ? 2 : 1;
}
