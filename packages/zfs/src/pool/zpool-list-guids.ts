import { checkOptions, createCommand, type Command } from '@quiesce/command';
import { parseRows } from '../output-rows.js';
import { zpoolListRows, type ZpoolListOptions } from './zpool-list.js';

/** What `zpool status` leaves out before OpenZFS 2.3. */
export interface PoolGuid {
  /** Its name, as `tank`. */
  readonly name: string;
  /** The number that stays the same when it is renamed. */
  readonly guid: string;
  /** How it is. */
  readonly state: string;
}

const columns = ['name', 'guid', 'health'] as const;

/**
 * Builds the command that says what that of {@link zpoolStatusTextCommand} leaves out. See
 * zpool-list(8).
 */
export function zpoolListGuidsCommand(options: ZpoolListOptions = {}): Command {
  const { pools = [] } = checkOptions<ZpoolListOptions>(zpoolListRows, options);
  return createCommand('zpool', ['list', '-Hp', '-o', columns.join(','), '--', ...pools], { effect: 'read' });
}

/** Reads what the command of {@link zpoolListGuidsCommand} prints. */
export function parseZpoolListGuids(stdout: string): PoolGuid[] {
  return parseRows(stdout, { what: 'zpool list', columns }).map(({ name, guid, health: state }) => ({
    name,
    guid,
    state,
  }));
}
