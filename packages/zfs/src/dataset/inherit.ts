import {
  argumentWords,
  checkOptions,
  createCommand,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { datasetsRow } from '../names.js';
import { propertyRow } from './properties.js';

/** What {@link Zfs.inherit} takes. */
export interface ZfsInheritOptions extends CallOptions {
  /** Datasets and snapshots to change. */
  readonly datasets: string | readonly string[];
  /** The property to take back, as `compression` or `quiesce:run`. */
  readonly property: string;
  /**
   * Takes it back from everything below the datasets too.
   * @default false
   */
  readonly recursive?: boolean;
  /**
   * Goes back to the value that was received with the dataset, if one was.
   * @default false: to what is above it, or the default
   */
  readonly received?: boolean;
}

/** The words of {@link ZfsInheritOptions}. */
export const zfsInheritRows: Rows<ZfsInheritOptions> = {
  recursive: { kind: 'flag', option: '-r' },
  received: { kind: 'flag', option: '-S' },
  property: { ...propertyRow, required: true },
  datasets: { ...datasetsRow, required: true },
};

/** Builds the command of {@link Zfs.inherit}. See zfs-inherit(8). */
export function zfsInheritCommand(options: ZfsInheritOptions): Command {
  const checked = checkOptions<ZfsInheritOptions>(zfsInheritRows, options);
  const words = [...argumentWords(zfsInheritRows, checked), '--', checked.property, ...checked.datasets];
  return createCommand('zfs', ['inherit', ...words], { effect: 'write' });
}
