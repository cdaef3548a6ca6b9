import { checkOptions, createCommand, type CallOptions, type Command, type Rows } from '@quiesce/command';

/** What {@link PoolMethods.clearEvents} takes. */
export type ZpoolClearEventsOptions = CallOptions;

/** The rows of {@link ZpoolClearEventsOptions}: there are none. */
export const clearEventsRows: Rows<ZpoolClearEventsOptions> = {};

/** Builds the command of {@link PoolMethods.clearEvents}. See zpool-events(8). */
export function zpoolClearEventsCommand(options: ZpoolClearEventsOptions = {}): Command {
  checkOptions<ZpoolClearEventsOptions>(clearEventsRows, options);
  return createCommand('zpool', ['events', '-c'], { effect: 'write' });
}
