import {
  checkOptions,
  createCommand,
  ExitError,
  type CallOptions,
  type Command,
  type CommandRunner,
  type Rows,
} from '@quiesce/command';
import type { DetailedPoolStatus } from './zpool-status-detailed.js';
import { poolsRow } from '../names.js';
import { parseZpoolListHealth, zpoolListHealthCommand, type BasicPoolStatus } from './zpool-list-health.js';
import { parseZpoolStatus } from './zpool-status-json.js';

/** What {@link PoolMethods.status} takes. */
export interface ZpoolStatusOptions extends CallOptions {
  /**
   * Pools to look at.
   * @default all that are imported
   */
  readonly pools?: string | readonly string[];
}

/**
 * The health of a pool, as far as the release of OpenZFS tells it to programs:
 * `if (status.detail === 'full')` opens the rest.
 */
export type PoolStatus = DetailedPoolStatus | BasicPoolStatus;

/** The words of {@link ZpoolStatusOptions}. */
export const zpoolStatusRows: Rows<ZpoolStatusOptions> = { pools: poolsRow };

/**
 * Builds the command of {@link PoolMethods.status}, which OpenZFS knows from 2.3 on. See
 * zpool-status(8).
 */
export function zpoolStatusCommand(options: ZpoolStatusOptions = {}): Command {
  const { pools = [] } = checkOptions<ZpoolStatusOptions>(zpoolStatusRows, options);
  // Without --json-int numbers are strings, so guids keep all their digits.
  return createCommand('zpool', ['status', '-j', '-p', '-P', '--', ...pools], { effect: 'read' });
}

const knowsNoJson = (error: unknown): boolean =>
  ExitError.isInstance(error) && error.exitCode === 2 && /^invalid option 'j'/m.test(error.stderr);

/** Asks for the full status, and for what older releases can tell where zpool knows no `-j`. */
export async function readPoolStatus(zpool: CommandRunner, options: ZpoolStatusOptions): Promise<PoolStatus[]> {
  // Both questions are about the same pools, whatever the caller does with the list meanwhile.
  const checked = checkOptions<ZpoolStatusOptions>(zpoolStatusRows, options);
  try {
    return await zpool.read(zpoolStatusCommand(checked), checked, parseZpoolStatus);
  } catch (error) {
    if (!knowsNoJson(error)) throw error;
    return zpool.read(zpoolListHealthCommand(checked), checked, parseZpoolListHealth);
  }
}
