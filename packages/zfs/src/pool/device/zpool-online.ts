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

/** What {@link PoolMethods.online} takes. */
export interface ZpoolOnlineOptions extends CallOptions {
  /** The pool, as `tank`. */
  readonly pool: string;
  /** Devices of the pool, by their paths, names or guids. */
  readonly devices: string | readonly string[];
  /**
   * Takes all the space of a device that has grown.
   * @default false
   */
  readonly expand?: boolean;
  /**
   * Turns the power of its slot on first, where the enclosure can do it. OpenZFS knows it from
   * 2.3 on.
   * @default false
   */
  readonly power?: boolean;
}

/** The words of {@link ZpoolOnlineOptions}. */
export const zpoolOnlineRows: Rows<ZpoolOnlineOptions> = {
  power: { kind: 'flag', option: '--power', since: '2.3' },
  expand: { kind: 'flag', option: '-e' },
  pool: poolRow,
  devices: { ...devicesRow, required: true },
};

/** Builds the command of {@link PoolMethods.online}. See zpool-online(8). */
export function zpoolOnlineCommand(options: ZpoolOnlineOptions): Command {
  const checked = checkOptions<ZpoolOnlineOptions>(zpoolOnlineRows, options);
  const words = [...argumentWords(zpoolOnlineRows, checked), '--', checked.pool, ...checked.devices];
  return createCommand('zpool', ['online', ...words], { effect: 'write' });
}

/**
 * Reads what the command of {@link PoolMethods.online} prints: the devices that stay out of use.
 */
export function parseZpoolOnline(stdout: string): string[] {
  return [...stdout.matchAll(/^warning: device '(.+)' onlined, but remains in \w+ state$/gm)].map(
    ([, device = '']) => device,
  );
}
