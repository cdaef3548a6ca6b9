import process from 'node:process';
import { runAction } from './cli-actions.js';
import { parseCommandLine, usage, UsageError } from './cli-arguments.js';
import { abortWhenInterrupted } from './interruption.js';
import { createProgressPrinter } from './progress-printer.js';

const printer = createProgressPrinter((line) => process.stderr.write(`${line}\n`));
const signal = abortWhenInterrupted();

try {
  const commandLine = parseCommandLine(process.argv.slice(2));
  const exitCode = await runAction(commandLine, { onProgress: printer.onProgress, signal });
  process.exitCode ??= exitCode;
  printer.summarize();
} catch (error) {
  const isUsage = error instanceof UsageError;
  process.stderr.write(`lab: ${error instanceof Error ? error.message : String(error)}\n${isUsage ? usage : ''}`);
  process.exitCode ??= isUsage ? 2 : 1;
}
