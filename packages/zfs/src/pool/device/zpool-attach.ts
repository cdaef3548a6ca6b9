import {
  argumentWords,
  checkOptions,
  createCommand,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { propertiesRow } from '../../dataset/properties.js';
import { poolRow } from '../lifecycle/pool-rows.js';
import { deviceRow, newDeviceRow } from './device-rows.js';

/** What {@link PoolMethods.attach} takes. */
export interface ZpoolAttachOptions extends CallOptions {
  /** The pool, as `tank`. */
  readonly pool: string;
  /**
   * The device of the pool that it becomes a mirror of. From 2.3 on also a raidz vdev, which it
   * makes wider.
   */
  readonly device: string;
  /** The device or file to attach. */
  readonly newDevice: string;
  /**
   * Takes one that seems to be in use.
   * @default false
   */
  readonly force?: boolean;
  /**
   * Copies it from one end to the other, and scrubs after it: faster, for mirrors and draid.
   * @default false
   */
  readonly sequential?: boolean;
  /**
   * Waits until it has all data.
   * @default false
   */
  readonly wait?: boolean;
  /** Properties, of which `ashift` is the only one. */
  readonly properties?: Readonly<Record<string, string>>;
}

/** The words of {@link ZpoolAttachOptions}. */
export const zpoolAttachRows: Rows<ZpoolAttachOptions> = {
  force: { kind: 'flag', option: '-f' },
  sequential: { kind: 'flag', option: '-s' },
  wait: { kind: 'flag', option: '-w' },
  properties: { ...propertiesRow, option: '-o', mayBeEmpty: true },
  pool: poolRow,
  device: { ...deviceRow, required: true },
  newDevice: { ...newDeviceRow, required: true },
};

/** Builds the command of {@link PoolMethods.attach}. See zpool-attach(8). */
export function zpoolAttachCommand(options: ZpoolAttachOptions): Command {
  const checked = checkOptions<ZpoolAttachOptions>(zpoolAttachRows, options);
  const words = [...argumentWords(zpoolAttachRows, checked), '--', checked.pool, checked.device, checked.newDevice];
  return createCommand('zpool', ['attach', ...words], { effect: 'write' });
}
