import type { Command } from './command.js';
import { createCommand } from './create-command.js';

/** Lists every process with its parent. See ps(1). */
export function processTableCommand(): Command {
  return createCommand('ps', ['-A', '-o', 'pid=', '-o', 'ppid='], { effect: 'read' });
}

function rows(table: string): number[][] {
  return table
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number));
}

/** Every process, from what {@link processTableCommand} printed. */
export function processIds(table: string): number[] {
  return rows(table).flatMap(([pid]) => pid ?? []);
}

/** A process and everything below it, from what {@link processTableCommand} printed. */
export function descendants(table: string, root: number): number[] {
  const children = new Map<number, number[]>();
  for (const [pid = 0, parent = 0] of rows(table)) {
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const found = [root];
  // The list grows while it is walked.
  for (const pid of found) found.push(...(children.get(pid) ?? []));
  return found;
}
