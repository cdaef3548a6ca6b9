import { rule, ruleWith, type ExitErrorRule } from '@quiesce/command';
import { DatasetBusyError } from '../errors/dataset-errors.js';
import {
  CheckpointExistsError,
  CheckpointNotFoundError,
  PoolBusyError,
  PoolDevicesMissingError,
  PoolExistsError,
} from '../errors/pool-change-errors.js';
import { PoolNotFoundError } from '../errors/pool-errors.js';

const busyMountpoint = /^cannot unmount '(?<place>[^'\n]+)': pool or dataset is busy$/m;
const busyPool = ruleWith(PoolBusyError, { stderr: busyMountpoint }, ({ place }) => ({ mountpoint: place }));
const busyDataset = rule(DatasetBusyError, /^cannot unmount '(?<dataset>[^'\n]+)': pool or dataset is busy$/m, [
  'dataset',
]);

/** Failures over whole pools that are made, imported and removed. */
export const poolChangeRules: readonly ExitErrorRule[] = [
  // zfs says the same of a file system: that it is a pool is known by the subcommand alone.
  {
    stderr: busyMountpoint,
    create: (options, { place }) =>
      options.command.args[0] === 'export' ||
      /^could not destroy '[^'\n]+': could not unmount datasets$/m.test(options.stderr)
        ? busyPool.create(options, { place })
        : busyDataset.create(options, { dataset: place }),
  },
  ruleWith(PoolBusyError, { stderr: /^cannot (?:export|destroy) '[^'\n]+': pool is busy$/m }, () => ({
    mountpoint: undefined,
  })),
  rule(PoolExistsError, /^cannot create '(?<pool>[^'\n]+)': pool already exists$/m, ['pool']),
  rule(PoolExistsError, /^cannot import '(?<pool>[^'\n]+)': a pool with that name already exists$/m, ['pool']),
  rule(PoolExistsError, /^cannot import '[^'\n]+' as '(?<pool>[^'\n]+)': pool already exists$/m, ['pool']),
  // zpool split, which names the pool that is there, not the one that was to be.
  ruleWith(PoolExistsError, { stderr: /^Unable to split [^'\n]+: pool already exists$/m }, (_, { command }) => ({
    pool: command.args[command.args.indexOf('--') + 2] ?? '',
  })),
  rule(PoolNotFoundError, /^cannot import '(?<pool>[^'\n]+)': no such pool available$/m, ['pool']),
  ruleWith(
    PoolDevicesMissingError,
    { stderr: /^cannot import '(?<pool>[^'\n]+)': one or more devices is currently unavailable$/m },
    // What would help is on standard output.
    ({ pool = '' }, { stdout }) => ({ pool, onlyLogs: /use '-m' to import the pool anyway:$/m.test(stdout) }),
  ),
  // What zpool says where it found the pool, and too few of its devices to open it.
  ruleWith(
    PoolDevicesMissingError,
    { stderr: /^cannot import '(?<pool>[^'\n]+)': no such pool or dataset$/m },
    ({ pool = '' }) => ({ pool, onlyLogs: false, reason: `cannot import '${pool}': too few of its devices are there` }),
  ),
  rule(CheckpointNotFoundError, /^cannot discard checkpoint in '(?<pool>[^'\n]+)': checkpoint does not exist$/m, [
    'pool',
  ]),
  rule(CheckpointExistsError, /: checkpoint exists$/m, []),
];
