import { checkOptions, createCommand, type CallOptions, type Command, type Rows } from '@quiesce/command';
import { parseSpace, spaceDatasetRow, spaceWords, type SpaceUsage } from './space-usage.js';

/** What {@link Zfs.projectspace} takes. */
export interface ZfsProjectspaceOptions extends CallOptions {
  /** The file system or snapshot. */
  readonly dataset: string;
}

/** The words of {@link ZfsProjectspaceOptions}. */
export const zfsProjectspaceRows: Rows<ZfsProjectspaceOptions> = { dataset: spaceDatasetRow };

/** Builds the command of {@link Zfs.projectspace}. See zfs-projectspace(8). */
export function zfsProjectspaceCommand(options: ZfsProjectspaceOptions): Command {
  const { dataset } = checkOptions<ZfsProjectspaceOptions>(zfsProjectspaceRows, options);
  return createCommand('zfs', ['projectspace', ...spaceWords, '--', dataset], { effect: 'read' });
}

/** Reads what the command of {@link Zfs.projectspace} prints. */
export function parseZfsProjectspace(stdout: string): SpaceUsage[] {
  return parseSpace('zfs projectspace', stdout);
}
