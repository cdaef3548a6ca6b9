import { OutputParseError, parseInteger, type Command } from '@quiesce/command';
import { readFileCommand } from './run-files.js';

/** Tells how much memory the host has. See proc_meminfo(5). */
export function memoryCommand(): Command {
  return readFileCommand({ file: '/proc/meminfo' });
}

/** What programs can still have, in bytes, by what {@link memoryCommand} prints. */
export function parseAvailableMemory(stdout: string): number {
  const { kibibytes } = /^MemAvailable:\s+(?<kibibytes>\d+) kB$/m.exec(stdout)?.groups ?? {};
  if (kibibytes === undefined) throw new OutputParseError('the kernel did not tell of its memory', { text: stdout });
  return parseInteger('MemAvailable', kibibytes) * 1024;
}
