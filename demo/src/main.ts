import { writeFile } from 'node:fs/promises';
import process from 'node:process';
import { createProgressPrinter, installMissingPackages, startLab } from '@quiesce/lab';
import { parseCommandLine, usage, UsageError } from './arguments.js';
import { runDemo } from './demo.js';
import { formatDuration } from './format.js';
import { abortWhenInterrupted } from './interruption.js';
import { createLiveScreen, createPlainScreen, isLiveTerminal } from './screen.js';

const startedAt = performance.now();
const { stdout } = process;
const screen = isLiveTerminal(stdout, process.env) ? createLiveScreen(stdout) : createPlainScreen(stdout);

// The lab is stopped too. What an interruption of that leaves, the next lab sweeps up.
const signal = abortWhenInterrupted((name) => screen.print(`${name}: stopping in order …`));

try {
  const { release, json } = parseCommandLine(process.argv.slice(2));
  const { onProgress } = createProgressPrinter((line) => screen.print(line));
  screen.print('The documented backup of two running guests, from LVM to ZFS, in a disposable machine');
  screen.print('');
  await installMissingPackages({ onProgress, signal });
  await using lab = await startLab({ release, onProgress, signal });
  const result = await runDemo(lab, { screen, signal });
  if (json !== undefined) await writeFile(json, `${JSON.stringify(result, undefined, 2)}\n`);
  screen.print('');
  for (const failure of result.failures) screen.print(`failed: ${failure}`);
  if (result.failures.length > 0) process.exitCode ??= 1;
  else screen.print(`All of it worked, in ${formatDuration(performance.now() - startedAt)}.`);
} catch (error) {
  const isUsage = error instanceof UsageError;
  process.stderr.write(`demo: ${error instanceof Error ? error.message : String(error)}\n${isUsage ? usage() : ''}`);
  process.exitCode ??= isUsage ? 2 : 1;
}
