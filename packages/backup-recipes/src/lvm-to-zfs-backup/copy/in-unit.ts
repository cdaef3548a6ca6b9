import type { Command, Transport } from '@quiesce/command';
import { copyUnit, inScope } from '../../host/units.js';

/** What a unit of the host does for a run. */
export interface CopyUnitOptions {
  readonly runId: string;
  /** Number of the copy among those of the run. */
  readonly number: number;
  /** What it does about the copy, where it is not the first copying: a word. */
  readonly task?: 'links' | 'again' | 'sums' | 'verify' | undefined;
}

/** A command as it runs in a unit of its own. */
export function inCopyScope(command: Command, { number, runId, task }: CopyUnitOptions): Command {
  const unit = copyUnit(runId, `${String(number)}${task ?? ''}`);
  return inScope(command, { unit, description: 'Copies what a backup has frozen' });
}

/** A transport whose commands run in a unit of their own. */
export function inCopyUnit(transport: Transport, options: CopyUnitOptions): Transport {
  return {
    name: transport.name,
    start: (command, startOptions) => {
      const running = transport.start(inCopyScope(command, options), startOptions);
      const result = running.result.then((ended) => ({ ...ended, command }));
      result.catch(() => undefined);
      return { ...running, command, result };
    },
  };
}
