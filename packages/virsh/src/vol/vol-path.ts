import {
  checkedWords,
  createCommand,
  OutputParseError,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { poolRow, volumeRow } from '../names.js';

/** What {@link VolMethods.path} takes. */
export interface VirshVolPathOptions extends CallOptions {
  /** Name or UUID of the storage pool. */
  readonly pool: string;
  /** Name of the volume in it. */
  readonly volume: string;
}

/** The words of {@link VirshVolPathOptions}. */
export const virshVolPathRows: Rows<VirshVolPathOptions> = { volume: volumeRow, pool: poolRow };

/** Builds the command of {@link VolMethods.path}. See virsh(1), `vol-path`. */
export function virshVolPathCommand(options: VirshVolPathOptions): Command {
  return createCommand('virsh', ['vol-path', ...checkedWords(virshVolPathRows, options)], { effect: 'read' });
}

/** Reads what the command of {@link VolMethods.path} prints. */
export function parseVirshVolPath(stdout: string): string {
  const path = stdout.replace(/\n+$/, '');
  if (path === '' || path.includes('\n')) {
    throw new OutputParseError('virsh vol-path did not print one path', { text: stdout });
  }
  return path;
}
