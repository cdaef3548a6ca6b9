import { checkOptions, createCommand, type CallOptions, type Command } from '@quiesce/command';

/** What {@link PoolMethods.clearEvents} takes. */
export type ZpoolClearEventsOptions = CallOptions;

/** Builds the command of {@link PoolMethods.clearEvents}. See zpool-events(8). */
export function zpoolClearEventsCommand(options: ZpoolClearEventsOptions = {}): Command {
  checkOptions<ZpoolClearEventsOptions>({}, options);
  return createCommand('zpool', ['events', '-c'], { effect: 'write' });
}
