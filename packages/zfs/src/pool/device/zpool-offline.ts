import {
  argumentWords,
  checkOptions,
  createCommand,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { poolRow } from '../lifecycle/pool-rows.js';
import { devicesRow } from './device-rows.js';

/** What {@link PoolMethods.offline} takes. */
export interface ZpoolOfflineOptions extends CallOptions {
  /** The pool, as `tank`. */
  readonly pool: string;
  /** Devices of the pool, by their paths, names or guids. */
  readonly devices: string | readonly string[];
  /**
   * Only until the host is started again.
   * @default false
   */
  readonly temporary?: boolean;
  /**
   * Takes them out as faulty ones: {@link PoolMethods.clear} brings them back.
   * @default false
   */
  readonly fault?: boolean;
  /**
   * Turns the power of its slot off, where the enclosure can do it. OpenZFS knows it from 2.3 on.
   * @default false
   */
  readonly power?: boolean;
}

/** The words of {@link ZpoolOfflineOptions}. */
export const zpoolOfflineRows: Rows<ZpoolOfflineOptions> = {
  power: { kind: 'flag', option: '--power', since: '2.3' },
  fault: { kind: 'flag', option: '-f' },
  temporary: { kind: 'flag', option: '-t' },
  pool: poolRow,
  devices: { ...devicesRow, required: true },
};

/** Builds the command of {@link PoolMethods.offline}. See zpool-offline(8). */
export function zpoolOfflineCommand(options: ZpoolOfflineOptions): Command {
  const checked = checkOptions<ZpoolOfflineOptions>(zpoolOfflineRows, options);
  const words = [...argumentWords(zpoolOfflineRows, checked), '--', checked.pool, ...checked.devices];
  return createCommand('zpool', ['offline', ...words], { effect: 'write' });
}
