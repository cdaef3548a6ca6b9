import type { Command } from './command.js';
import { disposalOf, type DisposalOf } from './disposal.js';
import { notStarted, onlyTold, refusal } from './not-started.js';
import type { RunningCommand, StartOptions, Transport } from './transport.js';

/** A {@link Transport} that changes nothing. */
export interface DryRunTransport extends Transport {
  /** The writes that would have run, in order. */
  readonly commands: readonly Command[];
}

/**
 * Runs the reads of another transport and only records its writes, which then look as if they had
 * succeeded and printed nothing. Disposed of, it disposes of the other.
 *
 * @example
 * ```ts
 * const transport = dryRun(localTransport());
 * await createZfs({ transport }).destroy({ name: 'tank/old' });
 * console.log(transport.commands.map(toShell)); // ['zfs destroy -vp -- tank/old']
 * ```
 */
export function dryRun<Inner extends Transport>(transport: Inner): DryRunTransport & DisposalOf<Inner> {
  const commands: Command[] = [];
  const runs = (command: Command): boolean => command.effect === 'read' && (transport.runs?.(command) ?? true);
  const start = (command: Command, options: StartOptions = {}): RunningCommand => {
    if (command.effect === 'read') return transport.start(command, options);
    const refused = refusal(command, options);
    if (refused !== undefined) return notStarted(command, refused);
    commands.push(command);
    return onlyTold(command);
  };
  return { name: `dry run on ${transport.name}`, commands, start, runs, ...disposalOf(transport) };
}
