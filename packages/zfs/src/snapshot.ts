import { createCommand, InvalidArgumentError, type CallOptions, type Command } from '@quiesce/command';
import { checkSnapshot } from './names.js';
import { propertyArguments } from './properties.js';

/** What {@link Zfs.snapshot} takes. */
export interface SnapshotOptions extends CallOptions {
  /** The snapshots to make, as `tank/vm@monday`. Those of one pool are made at the same instant. */
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
  return createCommand('zfs', ['snapshot', ...(recursive ? ['-r'] : []), ...propertyArguments(properties), '--', ...names], {
    effect: 'write',
  });
}
