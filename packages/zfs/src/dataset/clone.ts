import {
  argumentWords,
  checkOptions,
  createCommand,
  InvalidArgumentError,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { datasetRow, snapshotRow } from '../names.js';
import { propertiesRow } from './properties.js';

/** What {@link Zfs.clone} takes. */
export interface ZfsCloneOptions extends CallOptions {
  /** The snapshot that it begins as, as `tank/vm@monday`. */
  readonly snapshot: string;
  /** The new file system or volume, as `tank/copy`, in the same pool. */
  readonly name: string;
  /**
   * Makes the datasets that the name lies in, and takes a clone that is there already for made.
   * @default false
   */
  readonly parents?: boolean;
  /** Native and user properties to set on it, as `{ mountpoint: 'none' }`. */
  readonly properties?: Readonly<Record<string, string>>;
}

/** The words of {@link ZfsCloneOptions}. */
export const zfsCloneRows: Rows<ZfsCloneOptions> = {
  parents: { kind: 'flag', option: '-p' },
  properties: { ...propertiesRow, option: '-o', mayBeEmpty: true },
  snapshot: { ...snapshotRow, required: true },
  name: { ...datasetRow, sample: 'tank/copy' },
};

/** Builds the command of {@link Zfs.clone}. See zfs-clone(8). */
export function zfsCloneCommand(options: ZfsCloneOptions): Command {
  const checked = checkOptions<ZfsCloneOptions>(zfsCloneRows, options);
  const { name, snapshot } = checked;
  const [pool = ''] = snapshot.split(/[/@]/);
  if (name.split('/')[0] !== pool) {
    throw new InvalidArgumentError({ argument: 'name', value: name, expected: `a dataset in the pool ${pool}` });
  }
  const words = [...argumentWords(zfsCloneRows, checked), '--', snapshot, name];
  return createCommand('zfs', ['clone', ...words], { effect: 'write' });
}
