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
import { deviceRow, replacementRow } from './device-rows.js';

/** What {@link PoolMethods.replace} takes. */
export interface ZpoolReplaceOptions extends CallOptions {
  /** The pool, as `tank`. */
  readonly pool: string;
  /** The device of the pool, by its path, name or guid. */
  readonly device: string;
  /**
   * The device or file that takes its place, or a distributed spare of a draid, as `draid1-0-0`.
   * @default another disk in the same place
   */
  readonly newDevice?: string;
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

/** The words of {@link ZpoolReplaceOptions}. */
export const zpoolReplaceRows: Rows<ZpoolReplaceOptions> = {
  force: { kind: 'flag', option: '-f' },
  sequential: { kind: 'flag', option: '-s' },
  wait: { kind: 'flag', option: '-w' },
  properties: { ...propertiesRow, option: '-o', mayBeEmpty: true },
  pool: poolRow,
  device: { ...deviceRow, required: true },
  newDevice: replacementRow,
};

/** Builds the command of {@link PoolMethods.replace}. See zpool-replace(8). */
export function zpoolReplaceCommand(options: ZpoolReplaceOptions): Command {
  const checked = checkOptions<ZpoolReplaceOptions>(zpoolReplaceRows, options);
  const words = [
    ...argumentWords(zpoolReplaceRows, checked),
    '--',
    checked.pool,
    checked.device,
    ...(checked.newDevice === undefined ? [] : [checked.newDevice]),
  ];
  return createCommand('zpool', ['replace', ...words], { effect: 'write' });
}
