import {
  checkOptions,
  createCommand,
  ExitError,
  OutputParseError,
  type CallOptions,
  type Checked,
  type Command,
  type CommandRunner,
  type Rows,
} from '@quiesce/command';
import { poolsRow } from '../names.js';
import type { PoolStatus } from './pool-status.js';
import { withDeadline, type Deadline } from '../deadline.js';
import { parseZpoolListGuids, zpoolListGuidsCommand } from './zpool-list-guids.js';
import { parseZpoolStatus } from './zpool-status-json.js';
import { parseZpoolStatusText, zpoolStatusTextCommand } from './zpool-status-text.js';

/** What {@link PoolMethods.status} takes. */
export interface ZpoolStatusOptions extends CallOptions {
  /**
   * Pools to look at.
   * @default all that are imported
   */
  readonly pools?: string | readonly string[];
}

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

/** Whether zpool failed since it has no `-j`, as before OpenZFS 2.3. */
export const knowsNoJson = (error: unknown): boolean =>
  ExitError.isInstance(error) && error.exitCode === 2 && /^invalid option 'j'/m.test(error.stderr);

const maximumAttempts = 3;

async function readText(
  zpool: CommandRunner,
  { pools }: Checked<ZpoolStatusOptions>,
  deadline: Deadline,
): Promise<PoolStatus[]> {
  const asked = pools === undefined ? {} : { pools };
  for (let attempt = 1; ; attempt += 1) {
    const guids = await zpool.read(zpoolListGuidsCommand(asked), deadline.call(), parseZpoolListGuids);
    try {
      return await zpool.read(zpoolStatusTextCommand(asked), deadline.call(), (text) =>
        parseZpoolStatusText(text, guids),
      );
    } catch (error) {
      // A pool may have come or gone between the two.
      if (attempt === maximumAttempts || !OutputParseError.isInstance(error)) throw error;
    }
  }
}

/** Asks for JSON, and for the text that people read where zpool knows no `-j`. */
export async function readPoolStatus(zpool: CommandRunner, options: ZpoolStatusOptions): Promise<PoolStatus[]> {
  // All questions are about the same pools, whatever the caller does with the list meanwhile.
  const checked = checkOptions<ZpoolStatusOptions>(zpoolStatusRows, options);
  const command = zpoolStatusCommand(checked);
  return withDeadline(checked, command, async (deadline) => {
    try {
      return await zpool.read(command, checked, parseZpoolStatus);
    } catch (error) {
      if (!knowsNoJson(error)) throw error;
      return readText(zpool, checked, deadline);
    }
  });
}
