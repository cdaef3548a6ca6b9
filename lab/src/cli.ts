import { constants } from 'node:os';
import process from 'node:process';
import { runAction } from './cli-actions.js';
import { parseCommandLine, usage, UsageError } from './cli-arguments.js';
import { createProgressPrinter } from './progress-printer.js';

const printer = createProgressPrinter((line) => process.stderr.write(`${line}\n`));
const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    process.exitCode = 128 + constants.signals[signal];
    interruption.abort(new Error(`stopped by ${signal}`));
  });
}

try {
  const commandLine = parseCommandLine(process.argv.slice(2));
  process.exitCode = await runAction(commandLine, { onProgress: printer.onProgress, signal: interruption.signal });
  printer.summarize();
} catch (error) {
  const isUsage = error instanceof UsageError;
  process.stderr.write(`lab: ${error instanceof Error ? error.message : String(error)}\n${isUsage ? usage : ''}`);
  process.exitCode ??= isUsage ? 2 : 1;
}
