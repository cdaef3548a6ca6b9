import {
  argumentWords,
  checkOptions,
  createCommand,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { parseSpace, spaceDatasetRow, spaceWords, type SpaceUsage } from './space-usage.js';

/** What {@link Zfs.userspace} takes. */
export interface ZfsUserspaceOptions extends CallOptions {
  /** The file system or snapshot. */
  readonly dataset: string;
  /**
   * Which users to tell of.
   * @default both
   */
  readonly types?: 'posixuser' | 'smbuser' | readonly ('posixuser' | 'smbuser')[];
  /**
   * Tells numbers in place of names.
   * @default false
   */
  readonly numeric?: boolean;
  /**
   * Tells the users of the host that those of SMB stand for.
   * @default false
   */
  readonly posixIdentities?: boolean;
}

/** The words of {@link ZfsUserspaceOptions}. */
export const zfsUserspaceRows: Rows<ZfsUserspaceOptions> = {
  numeric: { kind: 'flag', option: '-n' },
  posixIdentities: { kind: 'flag', option: '-i' },
  types: {
    kind: 'one-or-many',
    option: '-t',
    join: ',',
    each: { kind: 'choice', values: ['posixuser', 'smbuser'] },
  },
  dataset: spaceDatasetRow,
};

/** Builds the command of {@link Zfs.userspace}. See zfs-userspace(8). */
export function zfsUserspaceCommand(options: ZfsUserspaceOptions): Command {
  const { dataset, ...flags } = checkOptions<ZfsUserspaceOptions>(zfsUserspaceRows, options);
  const words = [...spaceWords, ...argumentWords(zfsUserspaceRows, flags), '--', dataset];
  return createCommand('zfs', ['userspace', ...words], { effect: 'read' });
}

/** Reads what the command of {@link Zfs.userspace} prints. */
export function parseZfsUserspace(stdout: string): SpaceUsage[] {
  return parseSpace('zfs userspace', stdout);
}
