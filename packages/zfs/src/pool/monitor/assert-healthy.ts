import { checkOptions, type CallOptions, type CommandRunner, type ExitErrorOptions, type Rows } from '@quiesce/command';
import { PoolNotFoundError, PoolSuspendedError, PoolUnhealthyError } from '../../errors/pool-errors.js';
import { poolsRow } from '../../names.js';
import type { PoolStatus, Vdev } from '../pool-status.js';
import { readPoolStatus, zpoolStatusCommand } from '../zpool-status.js';

/** What {@link PoolMethods.assertHealthy} takes. */
export interface AssertHealthyOptions extends CallOptions {
  /**
   * Pools that have to be there and well.
   * @default all that are imported: name those that have to be there
   */
  readonly pools?: string | readonly string[];
  /**
   * Takes a pool for healthy that repaired what its devices got wrong.
   * @default false
   */
  readonly allowDeviceErrors?: boolean;
  /**
   * Milliseconds that it may take: zpool may hang on a pool whose devices went away.
   * @default 30000
   */
  readonly timeoutMs?: number | undefined;
}

/** The rows of {@link AssertHealthyOptions}. */
export const assertHealthyRows: Rows<AssertHealthyOptions> = {
  pools: poolsRow,
  allowDeviceErrors: { kind: 'flag' },
};

/** All devices and groups of them, a group before what it is made of. */
function allVdevs(vdevs: readonly Vdev[]): Vdev[] {
  return vdevs.flatMap((vdev) => [vdev, ...allVdevs(vdev.children)]);
}

function hasErrors({ checksumErrors = 0, readErrors = 0, writeErrors = 0 }: Vdev): boolean {
  return checksumErrors + readErrors + writeErrors > 0;
}

const good = new Set(['ONLINE', 'AVAIL', 'INUSE']);

function describe({ checksumErrors = 0, name, readErrors = 0, state = 'unknown', writeErrors = 0 }: Vdev): string {
  const counts = `${String(readErrors)} read, ${String(writeErrors)} write, ${String(checksumErrors)} checksum errors`;
  return `${name} ${state} (${counts})`;
}

type Unhealthy = PoolSuspendedError | PoolUnhealthyError;

/** The error that a status means, if it means one. */
function unhealthy(status: PoolStatus, about: ExitErrorOptions, allowDeviceErrors: boolean): Unhealthy | undefined {
  const { action, dataErrors, name, state, vdevs } = status;
  if (state === 'SUSPENDED') {
    return PoolSuspendedError.create({ ...about, reason: `the pool ${name} is suspended; ${action ?? ''}` });
  }
  const devices = allVdevs(vdevs).filter(
    (vdev) => !good.has(vdev.state ?? 'ONLINE') || (!allowDeviceErrors && hasErrors(vdev)),
  );
  // What it does not tell is no good sign.
  if (state === 'ONLINE' && dataErrors === 0 && devices.length === 0) return undefined;
  const damaged = dataErrors === undefined ? 'an unknown number of' : String(dataErrors);
  const parts = [`the pool ${name} is ${state}, with ${damaged} data errors`, ...devices.map(describe), action ?? ''];
  return PoolUnhealthyError.create(
    { ...about, reason: parts.filter((part) => part !== '').join('; ') },
    { pool: name, state, dataErrors, devices, advice: action },
  );
}

/** Runs what {@link PoolMethods.assertHealthy} runs. */
export async function assertHealthy(zpool: CommandRunner, options: AssertHealthyOptions): Promise<PoolStatus[]> {
  const checked = checkOptions<AssertHealthyOptions>(assertHealthyRows, options);
  const { allowDeviceErrors = false, pools, signal, timeoutMs = 30_000 } = checked;
  const asked = pools === undefined ? {} : { pools };
  const command = zpoolStatusCommand(asked);
  const about = { command, exitCode: 0, stdout: '', stderr: '' };
  const all = await readPoolStatus(zpool, { signal, timeoutMs, ...asked });
  const missing = pools?.find((pool) => !all.some(({ name }) => name === pool));
  if (missing !== undefined) {
    const reason = `zpool says nothing of the pool ${missing}`;
    throw PoolNotFoundError.create({ ...about, reason }, { pool: missing });
  }
  const [first, ...others] = all.flatMap((status) => unhealthy(status, about, allowDeviceErrors) ?? []);
  if (first === undefined) return all;
  if (others.length > 0) first.cause = new AggregateError(others, 'other pools are not healthy either');
  throw first;
}
