import { writeFile } from 'node:fs/promises';
import { constants } from 'node:os';
import process from 'node:process';
import { createProgressPrinter, installMissingPackages, startLab } from '@quiesce/lab';
import { parseCommandLine, usage, UsageError } from './arguments.js';
import { runPauseBench } from './pause-bench.js';

const printError = (line: string): unknown => process.stderr.write(`${line}\n`);
const print = (line: string): unknown => process.stdout.write(`${line}\n`);

const interruption = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // Not once: tsx hands on the Ctrl-C that the terminal has already sent to us.
  process.on(name, () => {
    process.exitCode = 128 + constants.signals[name];
    interruption.abort(new Error(`stopped by ${name}`));
  });
}

try {
  const { rounds, release, json } = parseCommandLine(process.argv.slice(2));
  const { signal } = interruption;
  const { onProgress } = createProgressPrinter(printError);
  await installMissingPackages({ onProgress, signal });
  await using lab = await startLab({ release, onProgress, signal });
  print(`Debian ${lab.release}, ${lab.accelerator === 'kvm' ? 'KVM' : 'software emulation'}`);
  const result = await runPauseBench(lab, { rounds, signal, print });
  if (json !== undefined) await writeFile(json, `${JSON.stringify(result, undefined, 2)}\n`);
} catch (error) {
  const isUsage = error instanceof UsageError;
  printError(`bench: ${error instanceof Error ? error.message : String(error)}${isUsage ? `\n${usage()}` : ''}`);
  process.exitCode ??= isUsage ? 2 : 1;
}
