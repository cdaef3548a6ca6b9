import {
  argumentWords,
  checkOptions,
  createCommand,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { propertiesRow } from '../../dataset/properties.js';
import { devicesRow } from '../device/device-rows.js';
import { altrootRow, mountOptionRow, newPoolRow, poolRow } from './pool-rows.js';

/** What {@link PoolMethods.split} takes. */
export interface ZpoolSplitOptions extends CallOptions {
  /** The pool of mirrors, as `tank`. */
  readonly pool: string;
  /** The name of the new pool. */
  readonly newName: string;
  /**
   * Devices that the new pool is made of: one of each mirror, or fewer.
   * @default the last of each mirror
   */
  readonly devices?: string | readonly string[];
  /** Properties of the new pool. */
  readonly properties?: Readonly<Record<string, string>>;
  /**
   * Imports the new pool, with all mount points below this folder. Without it stays exported.
   */
  readonly altroot?: string;
  /** Options of mount(8) without a value, as `ro`, for when it is imported. */
  readonly mountOptions?: string | readonly string[];
  /**
   * Loads the keys of encrypted file systems, from where their `keylocation` says.
   * @default false
   */
  readonly loadKeys?: boolean;
  /**
   * Splits nothing and only looks whether it can be done.
   * @default false
   */
  readonly dryRun?: boolean;
}

/** The words of {@link ZpoolSplitOptions}. */
export const zpoolSplitRows: Rows<ZpoolSplitOptions> = {
  dryRun: { kind: 'flag', option: '-n', guard: true },
  loadKeys: { kind: 'flag', option: '-l' },
  altroot: altrootRow,
  mountOptions: { kind: 'one-or-many', option: '-o', join: ',', each: mountOptionRow },
  properties: { ...propertiesRow, option: '-o', mayBeEmpty: true },
  pool: poolRow,
  newName: { ...newPoolRow, required: true },
  devices: devicesRow,
};

/** Builds the command of {@link PoolMethods.split}. See zpool-split(8). */
export function zpoolSplitCommand(options: ZpoolSplitOptions): Command {
  const checked = checkOptions<ZpoolSplitOptions>(zpoolSplitRows, options);
  const words = [
    ...argumentWords(zpoolSplitRows, checked),
    '--',
    checked.pool,
    checked.newName,
    ...(checked.devices ?? []),
  ];
  return createCommand('zpool', ['split', ...words], { effect: checked.dryRun === true ? 'read' : 'write' });
}
