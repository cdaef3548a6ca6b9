import {
  argumentWords,
  checkOptions,
  createCommand,
  InvalidArgumentError,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { snapshotsRow } from '../names.js';
import { propertiesRow } from '../dataset/properties.js';

/** What {@link Zfs.snapshot} takes. */
export interface ZfsSnapshotOptions extends CallOptions {
  /**
   * The snapshots to make, as `tank/vm@monday`: one of each dataset, all of one pool. All are made
   * or none.
   */
  readonly snapshots: string | readonly string[];
  /**
   * Makes one of every dataset below too, at the same instant.
   * @default false
   */
  readonly recursive?: boolean;
  /** User properties to set on them, as `{ 'quiesce:run': id }`. */
  readonly properties?: Readonly<Record<string, string>>;
}

/** The words of {@link ZfsSnapshotOptions}. */
export const zfsSnapshotRows: Rows<ZfsSnapshotOptions> = {
  recursive: { kind: 'flag', option: '-r' },
  properties: { ...propertiesRow, option: '-o', mayBeEmpty: true },
  snapshots: snapshotsRow,
};

/** Whether a recursive snapshot makes one of the same dataset that is called otherwise. */
function makesAnother(recursive: string, snapshot: string): boolean {
  const [above = '', name] = recursive.split('@');
  const [dataset = '', other] = snapshot.split('@');
  return dataset.startsWith(`${above}/`) && name !== other;
}

/** Builds the command of {@link Zfs.snapshot}. See zfs-snapshot(8). */
export function zfsSnapshotCommand(options: ZfsSnapshotOptions): Command {
  const checked = checkOptions<ZfsSnapshotOptions>(zfsSnapshotRows, options);
  const { snapshots } = checked;
  const datasets = snapshots.map((name) => name.split('@')[0]);
  const pools = snapshots.map((name) => name.split(/[/@]/)[0]);
  // zfs refuses all three with the one message «multiple snapshots of same fs not allowed».
  for (const [index, value] of snapshots.entries()) {
    const argument = `snapshots[${String(index)}]`;
    if (pools[index] !== pools[0]) {
      throw new InvalidArgumentError({ argument, value, expected: 'a snapshot in the same pool as the others' });
    }
    if (datasets.indexOf(datasets[index]) !== index) {
      throw new InvalidArgumentError({ argument, value, expected: 'one snapshot of each dataset' });
    }
    const above = checked.recursive === true ? snapshots.find((other) => makesAnother(other, value)) : undefined;
    if (above !== undefined) {
      const expected = `the same name after the @ as ${above}, which with recursive is made of it too`;
      throw new InvalidArgumentError({ argument, value, expected });
    }
  }
  const words = [...argumentWords(zfsSnapshotRows, checked), '--', ...snapshots];
  return createCommand('zfs', ['snapshot', ...words], { effect: 'write' });
}
