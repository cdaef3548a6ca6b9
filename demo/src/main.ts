import { open, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { formatDuration } from '@quiesce/backup-recipes';
import { reportToHtml } from '@quiesce/backup-recipes';
import { abortWhenInterrupted, createProgressPrinter, useLab } from '@quiesce/lab';
import { parseCommandLine, usage, UsageError } from './arguments.js';
import { runDemo, type DemoResult } from './demo.js';
import { createLiveScreen, createPlainScreen, isLiveTerminal } from './screen.js';

const startedAt = performance.now();
const { stdout } = process;
const screen = isLiveTerminal(stdout, process.env) ? createLiveScreen(stdout) : createPlainScreen(stdout);

// The lab is stopped too. What an interruption of that leaves, the next lab sweeps up.
const signal = abortWhenInterrupted((reason) => screen.print(`${reason}: stopping in order …`));

async function main(): Promise<void> {
  const { release, json, report } = parseCommandLine(process.argv.slice(2));
  // Opened first: that it can't be written is better known now than after two backups.
  await using file = json === undefined ? undefined : await open(json, 'w');
  const { onProgress } = createProgressPrinter((line) => screen.print(line));
  screen.print('The documented backup of two running guests, from LVM to ZFS, in a disposable machine');
  screen.print('');
  let result: DemoResult;
  {
    await using lab = await useLab({ release, onProgress, signal });
    result = await runDemo(lab, { screen, signal });
    screen.print('');
    for (const failure of result.failures) screen.print(`failed: ${failure}`);
    const last = result.reports.at(-1);
    if (last !== undefined) {
      await writeFile(report, reportToHtml(last));
      screen.print(`The report of the last run, as a page: ${path.resolve(report)}`);
    }
    await file?.writeFile(`${JSON.stringify(result, undefined, 2)}\n`);
  }
  // Only now: the lab has been stopped, too.
  if (result.failures.length > 0) process.exitCode ??= 1;
  else screen.print(`All of it worked, in ${formatDuration(performance.now() - startedAt)}.`);
}

try {
  await main();
} catch (error) {
  const isUsage = error instanceof UsageError;
  process.stderr.write(`demo: ${error instanceof Error ? error.message : String(error)}\n${isUsage ? usage() : ''}`);
  process.exitCode ??= isUsage ? 2 : 1;
}
