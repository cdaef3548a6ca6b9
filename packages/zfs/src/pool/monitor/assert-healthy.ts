import { checkOptions, type CallOptions, type CommandRunner, type ExitErrorOptions, type Rows } from '@quiesce/command';
import { PoolNotFoundError, PoolSuspendedError, PoolUnhealthyError } from '../../errors/pool-errors.js';
import { poolRow } from '../pool-row.js';
import type { PoolStatus, Vdev } from '../pool-status.js';
import { readPoolStatus, zpoolStatusCommand } from '../zpool-status.js';

/** What {@link PoolMethods.assertHealthy} takes. */
export interface AssertHealthyOptions extends CallOptions {
  /** The pool. */
  readonly pool: string;
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
  pool: { ...poolRow, required: true },
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

/** The error that a status means, if it means one. */
function unhealthy(
  status: PoolStatus,
  about: ExitErrorOptions,
  allowDeviceErrors = false,
): PoolUnhealthyError | undefined {
  const { action, dataErrors, name, state, vdevs } = status;
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
export async function assertHealthy(zpool: CommandRunner, options: AssertHealthyOptions): Promise<PoolStatus> {
  const checked = checkOptions<AssertHealthyOptions>(assertHealthyRows, options);
  const { allowDeviceErrors, pool, signal, timeoutMs = 30_000 } = checked;
  const command = zpoolStatusCommand({ pools: pool });
  const about = { command, exitCode: 0, stdout: '', stderr: '' };
  const [status] = await readPoolStatus(zpool, { signal, timeoutMs, pools: pool });
  if (status === undefined) {
    throw PoolNotFoundError.create({ ...about, reason: `zpool says nothing of the pool ${pool}` }, { pool });
  }
  if (status.state === 'SUSPENDED') {
    throw PoolSuspendedError.create({ ...about, reason: `the pool ${pool} is suspended; ${status.action ?? ''}` });
  }
  const error = unhealthy(status, about, allowDeviceErrors);
  if (error !== undefined) throw error;
  return status;
}
