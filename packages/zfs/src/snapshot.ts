import { createCommand, InvalidArgumentError, type CallOptions, type Command } from '@quiesce/command';
import { checkSnapshot } from './names.js';
import { propertyArguments } from './properties.js';

/** What {@link Zfs.snapshot} takes. */
export interface SnapshotOptions extends CallOptions {
  /** The snapshots to make, as `tank/vm@monday`: one of each dataset, all of one pool. All are made or none. */
  readonly snapshots: readonly string[];
  /**
   * Makes one of every dataset below too, at the same instant.
   * @default false
   */
  readonly recursive?: boolean;
  /** User properties to set on them, as `{ 'quiesce:run': id }`. */
  readonly properties?: Readonly<Record<string, string>>;
}

/** Builds the command of {@link Zfs.snapshot}. See zfs-snapshot(8). */
export function snapshotCommand({ snapshots, recursive = false, properties = {} }: SnapshotOptions): Command {
  if (snapshots.length === 0) {
    throw new InvalidArgumentError({ argument: 'snapshots', value: '', expected: 'one name or more' });
  }
  const names = snapshots.map((name, index) => checkSnapshot(`snapshots[${String(index)}]`, name));
  const datasets = names.map((name) => name.split('@')[0]);
  const pools = names.map((name) => name.split(/[/@]/)[0]);
  // zfs refuses both with the one message «multiple snapshots of same fs not allowed».
  for (const [index, value] of names.entries()) {
    const argument = `snapshots[${String(index)}]`;
    if (pools[index] !== pools[0]) {
      throw new InvalidArgumentError({ argument, value, expected: 'a snapshot in the same pool as the others' });
    }
    if (datasets.indexOf(datasets[index]) !== index) {
      throw new InvalidArgumentError({ argument, value, expected: 'one snapshot of each dataset' });
    }
  }
  const flags = [...(recursive ? ['-r'] : []), ...propertyArguments(properties)];
  return createCommand('zfs', ['snapshot', ...flags, '--', ...names], { effect: 'write' });
}
