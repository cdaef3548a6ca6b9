import { createCommand, InvalidArgumentError, type CallOptions, type Command } from '@quiesce/command';
import { checkDatasetOrSnapshot } from './names.js';
import { assignments } from './properties.js';

/** What {@link Zfs.set} takes. */
export interface SetOptions extends CallOptions {
  /** Datasets and snapshots to change. A snapshot takes user properties only. */
  readonly datasets: readonly string[];
  /** The properties, as `{ compression: 'lz4', 'quiesce:run': id }`. Sizes are written in bytes. */
  readonly properties: Readonly<Record<string, string>>;
}

/** Builds the command of {@link Zfs.set}. See zfs-set(8). */
export function setCommand({ datasets, properties }: SetOptions): Command {
  const names = datasets.map((name, index) => checkDatasetOrSnapshot(`datasets[${String(index)}]`, name));
  const pairs = assignments(properties);
  if (names.length === 0)
    throw new InvalidArgumentError({ argument: 'datasets', value: '', expected: 'one name or more' });
  if (pairs.length === 0) {
    throw new InvalidArgumentError({ argument: 'properties', value: '', expected: 'one property or more' });
  }
  // No `--`: zfs set of OpenZFS 2.1 does not know it. None of these words can begin with `-`.
  return createCommand('zfs', ['set', ...pairs, ...names], { effect: 'write' });
}
