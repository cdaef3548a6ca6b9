import { writeFile } from 'node:fs/promises';
import { constants } from 'node:os';
import process from 'node:process';
import { createProgressPrinter, installMissingPackages, startLab } from '@quiesce/lab';
import { parseCommandLine, usage, UsageError } from './arguments.js';
import { runDemo } from './demo.js';
import { formatDuration } from './format.js';
import { createLiveScreen, createPlainScreen, isLiveTerminal } from './screen.js';

const startedAt = performance.now();
const { stdout } = process;
const screen = isLiveTerminal(stdout, process.env) ? createLiveScreen(stdout) : createPlainScreen(stdout);

// The first interruption stops the demo in order, a second one at once: the next lab sweeps up what is left then.
const interruption = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(name, () => {
    process.exitCode = 128 + constants.signals[name];
    screen.print(`${name}: stopping in order …`);
    interruption.abort(new Error(`stopped by ${name}`));
  });
}

try {
  const { release, json } = parseCommandLine(process.argv.slice(2));
  const { signal } = interruption;
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
