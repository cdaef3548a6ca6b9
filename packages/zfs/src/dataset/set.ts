import {
  argumentWords,
  checkOptions,
  createCommand,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { datasetsRow } from '../names.js';
import { propertiesRow } from './properties.js';

/** What {@link Zfs.set} takes. */
export interface ZfsSetOptions extends CallOptions {
  /** Datasets and snapshots to change. A snapshot takes user properties only. */
  readonly datasets: string | readonly string[];
  /** The properties, as `{ compression: 'lz4', 'quiesce:run': id }`. Sizes are written in bytes. */
  readonly properties: Readonly<Record<string, string>>;
  /**
   * Mounts and shares a file system as its new properties say. False, which OpenZFS knows from 2.2
   * on, leaves it where it is.
   * @default true
   */
  readonly mount?: boolean;
}

/** The words of {@link ZfsSetOptions}. */
export const zfsSetRows: Rows<ZfsSetOptions> = {
  mount: { kind: 'flag', off: '-u', since: '2.2' },
  properties: { ...propertiesRow, required: true },
  datasets: { ...datasetsRow, required: true },
};

/** Builds the command of {@link Zfs.set}. See zfs-set(8). */
export function zfsSetCommand(options: ZfsSetOptions): Command {
  const { datasets, properties, ...flags } = checkOptions<ZfsSetOptions>(zfsSetRows, options);
  const pairs = Object.entries(properties).map(([name, value]) => `${name}=${value}`);
  // No `--`: zfs set of OpenZFS 2.1 does not know it. None of these words can begin with `-`.
  return createCommand('zfs', ['set', ...argumentWords(zfsSetRows, flags), ...pairs, ...datasets], { effect: 'write' });
}
