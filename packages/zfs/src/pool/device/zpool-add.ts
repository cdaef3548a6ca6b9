import {
  argumentWords,
  checkOptions,
  createCommand,
  InvalidArgumentError,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { propertiesRow } from '../../dataset/properties.js';
import { poolRow } from '../lifecycle/pool-rows.js';
import { auxiliaryRows, newVdevsRow, newVdevWords, type NewAuxiliaryVdevs, type NewVdev } from './new-vdevs.js';

/** What {@link PoolMethods.add} takes. */
export interface ZpoolAddOptions extends CallOptions, NewAuxiliaryVdevs {
  /** The pool, as `tank`. */
  readonly pool: string;
  /** Vdevs to spread new data over too. */
  readonly vdevs?: readonly NewVdev[];
  /** Properties, of which `ashift` is the only one. */
  readonly properties?: Readonly<Record<string, string>>;
  /**
   * Takes devices that seem to be in use, and vdevs of another kind than those of the pool.
   * @default false
   */
  readonly force?: boolean;
  /**
   * Takes devices that seem to be in use. OpenZFS knows it from 2.3 on.
   * @default false
   */
  readonly allowInUse?: boolean;
  /**
   * Takes vdevs of another kind than those of the pool. OpenZFS knows it from 2.3 on.
   * @default false
   */
  readonly allowReplicationMismatch?: boolean;
  /**
   * Takes devices with larger sectors than those of the pool. OpenZFS knows it from 2.3 on.
   * @default false
   */
  readonly allowAshiftMismatch?: boolean;
  /**
   * Adds nothing and only looks whether it can be done.
   * @default false
   */
  readonly dryRun?: boolean;
}

/** The words of {@link ZpoolAddOptions}. */
export const zpoolAddRows: Rows<ZpoolAddOptions> = {
  force: { kind: 'flag', option: '-f' },
  allowInUse: { kind: 'flag', option: '--allow-in-use', since: '2.3' },
  allowReplicationMismatch: { kind: 'flag', option: '--allow-replication-mismatch', since: '2.3' },
  allowAshiftMismatch: { kind: 'flag', option: '--allow-ashift-mismatch', since: '2.3' },
  dryRun: { kind: 'flag', option: '-n', guard: true },
  properties: { ...propertiesRow, option: '-o', mayBeEmpty: true },
  pool: poolRow,
  vdevs: newVdevsRow,
  ...auxiliaryRows,
};

/** Builds the command of {@link PoolMethods.add}. See zpool-add(8). */
export function zpoolAddCommand(options: ZpoolAddOptions): Command {
  const checked = checkOptions<ZpoolAddOptions>(zpoolAddRows, options);
  const vdevs = newVdevWords(checked);
  if (vdevs.length === 0) {
    const expected = 'vdevs, special, dedup, log, cache or spare to be given';
    throw new InvalidArgumentError({ argument: 'vdevs', value: undefined, expected });
  }
  const words = [...argumentWords(zpoolAddRows, checked), '--', checked.pool, ...vdevs];
  return createCommand('zpool', ['add', ...words], { effect: checked.dryRun === true ? 'read' : 'write' });
}
