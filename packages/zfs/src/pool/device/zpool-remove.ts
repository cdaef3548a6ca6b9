import {
  argumentWords,
  checkOptions,
  createCommand,
  InvalidArgumentError,
  OutputParseError,
  parseInteger,
  type ArgumentTable,
  type CallOptions,
  type Command,
  type OtherRow,
  type Rows,
} from '@quiesce/command';
import { outputLines } from '../../output-rows.js';
import { poolRow } from '../lifecycle/pool-rows.js';
import { devicesRow } from './device-rows.js';

/** Removes devices. */
export interface ZpoolRemoveDevicesOptions extends CallOptions {
  /** The pool, as `tank`. */
  readonly pool: string;
  /** Spares, caches, logs and vdevs for data, as `mirror-1`. */
  readonly devices: string | readonly string[];
  /**
   * Waits until the data of a vdev is on the others.
   * @default false
   */
  readonly wait?: boolean;
}

/** Stops a removal. */
export interface ZpoolRemoveStopOptions extends CallOptions {
  /** The pool, as `tank`. */
  readonly pool: string;
  /** Stops the removal that is running. */
  readonly stop: true;
}

/** What {@link PoolMethods.remove} takes: `devices`, or `stop`. */
export type ZpoolRemoveOptions = ZpoolRemoveDevicesOptions | ZpoolRemoveStopOptions;

/** What {@link PoolMethods.removalMemory} takes. */
export type ZpoolRemovalMemoryOptions = Omit<ZpoolRemoveDevicesOptions, 'wait'>;

/** What it would cost to remove a vdev. */
export interface RemovalMemory {
  /** The vdev, as `mirror-1`. */
  readonly device: string;
  /** Memory for the map of what was on it, in bytes, for as long as there is any. */
  readonly memoryBytes: number;
}

const stopRow: OtherRow<true> & { readonly required: true } = {
  kind: 'other',
  option: '-s',
  check: (argument, value) => {
    if (value === true) return value;
    throw new InvalidArgumentError({ argument, value, expected: 'true, or devices in its place' });
  },
  sample: true,
  required: true,
};

const devicesRows = {
  devices: { ...devicesRow, required: true },
  pool: poolRow,
  wait: { kind: 'flag', option: '-w' },
} as const;

/** The words of {@link ZpoolRemoveOptions}. */
export const zpoolRemoveRows: ArgumentTable<ZpoolRemoveOptions> = {
  exclusive: [devicesRows, { stop: stopRow, pool: poolRow }],
};

/** The words of {@link ZpoolRemovalMemoryOptions}. */
export const zpoolRemovalMemoryRows: Rows<ZpoolRemovalMemoryOptions> = {
  devices: { ...devicesRow, required: true },
  pool: poolRow,
};

/** Builds the command of {@link PoolMethods.remove}. See zpool-remove(8). */
export function zpoolRemoveCommand(options: ZpoolRemoveOptions): Command {
  const checked = checkOptions<ZpoolRemoveOptions>(zpoolRemoveRows, options);
  const words =
    'devices' in checked
      ? [...argumentWords(devicesRows, checked), '--', checked.pool, ...checked.devices]
      : ['-s', '--', checked.pool];
  return createCommand('zpool', ['remove', ...words], { effect: 'write' });
}

/** Builds the command of {@link PoolMethods.removalMemory}. See zpool-remove(8). */
export function zpoolRemovalMemoryCommand(options: ZpoolRemovalMemoryOptions): Command {
  const { devices, pool } = checkOptions<ZpoolRemovalMemoryOptions>(zpoolRemovalMemoryRows, options);
  return createCommand('zpool', ['remove', '-np', '--', pool, ...devices], { effect: 'read' });
}

/** Reads what the command of {@link PoolMethods.removalMemory} prints. */
export function parseZpoolRemovalMemory(stdout: string): RemovalMemory[] {
  return outputLines(stdout).map((line) => {
    const [, device, memory] = /^(.+) (\d+)$/.exec(line) ?? [];
    if (device === undefined || memory === undefined) {
      throw new OutputParseError('a row of zpool remove is not as expected', { text: line });
    }
    return { device, memoryBytes: parseInteger('memory', memory) };
  });
}
