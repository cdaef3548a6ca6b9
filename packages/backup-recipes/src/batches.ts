import type { CallOptions } from '@quiesce/command';
import type { BatchItem, BatchOutcome, BatchOutcomes, Virsh } from '@quiesce/virsh';

// A batch is one word of a command line, and a shell on the way quotes it once more.
const commandsAtOnce = 250;

/** Gives lists of commands to as few virsh as possible, and returns the outcomes of each list. */
export async function batches<const Lists extends readonly (readonly BatchItem[])[]>(
  virsh: Virsh,
  lists: Lists,
  call: CallOptions,
): Promise<{ readonly [Index in keyof Lists]: BatchOutcomes<Lists[Index]> }> {
  const commands = lists.flat();
  const outcomes: BatchOutcome<unknown>[] = [];
  for (let first = 0; first < commands.length; first += commandsAtOnce) {
    outcomes.push(...(await virsh.batch({ ...call, commands: commands.slice(first, first + commandsAtOnce) })));
  }
  return lists.map((list) => outcomes.splice(0, list.length)) as never;
}

/** What a command of a batch gave, which throws what it failed with. Undefined in a dry run. */
export function valueOf<Value>({ error, value }: BatchOutcome<Value>): Value | undefined {
  if (error !== undefined) throw error;
  return value;
}
