import type { Transport } from '@quiesce/command';
import { copyUnit, inScope } from '../../host/units.js';

/** A transport whose commands run in a unit of the host that copies one thing for a run. */
export function inCopyUnit(transport: Transport, { number, runId }: { runId: string; number: number }): Transport {
  return {
    name: transport.name,
    start: (command, options) => {
      const running = transport.start(inCopyScope(command, { runId, number }), options);
      const result = running.result.then((ended) => ({ ...ended, command }));
      result.catch(() => undefined);
      return { ...running, command, result };
    },
  };
}

/** The command as it runs in that unit. */
export function inCopyScope(
  command: Parameters<Transport['start']>[0],
  { number, runId }: { runId: string; number: number },
): ReturnType<typeof inScope> {
  const description = 'Copies what a backup has frozen';
  return inScope(command, { unit: copyUnit(runId, String(number)), description });
}
