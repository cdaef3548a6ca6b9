import {
  argumentWords,
  checkOptions,
  createCommand,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { parseSpace, spaceDatasetRow, spaceWords, type SpaceUsage } from './space-usage.js';

/** What {@link Zfs.groupspace} takes. */
export interface ZfsGroupspaceOptions extends CallOptions {
  /** The file system or snapshot. */
  readonly dataset: string;
  /**
   * Which groups to tell of.
   * @default both
   */
  readonly types?: 'posixgroup' | 'smbgroup' | readonly ('posixgroup' | 'smbgroup')[];
  /**
   * Tells numbers in place of names.
   * @default false
   */
  readonly numeric?: boolean;
  /**
   * Tells the groups of the host that those of SMB stand for.
   * @default false
   */
  readonly posixIdentities?: boolean;
}

/** The words of {@link ZfsGroupspaceOptions}. */
export const zfsGroupspaceRows: Rows<ZfsGroupspaceOptions> = {
  numeric: { kind: 'flag', option: '-n' },
  posixIdentities: { kind: 'flag', option: '-i' },
  types: {
    kind: 'one-or-many',
    option: '-t',
    join: ',',
    each: { kind: 'choice', values: ['posixgroup', 'smbgroup'] },
  },
  dataset: spaceDatasetRow,
};

/** Builds the command of {@link Zfs.groupspace}. See zfs-userspace(8). */
export function zfsGroupspaceCommand(options: ZfsGroupspaceOptions): Command {
  const { dataset, ...flags } = checkOptions<ZfsGroupspaceOptions>(zfsGroupspaceRows, options);
  const words = [...spaceWords, ...argumentWords(zfsGroupspaceRows, flags), '--', dataset];
  return createCommand('zfs', ['groupspace', ...words], { effect: 'read' });
}

/** Reads what the command of {@link Zfs.groupspace} prints. */
export function parseZfsGroupspace(stdout: string): SpaceUsage[] {
  return parseSpace('zfs groupspace', stdout);
}
