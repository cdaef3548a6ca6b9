import {
  checkedWords,
  createCommand,
  OutputParseError,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { poolRow, volumeRow } from './names.js';

/** What {@link Virsh.volPath} takes. */
export interface VolPathOptions extends CallOptions {
  /** Name or UUID of the storage pool. */
  readonly pool: string;
  /** Name of the volume in it. */
  readonly volume: string;
}

/** The words of {@link VolPathOptions}. */
export const volPathRows: Rows<VolPathOptions> = { volume: volumeRow, pool: poolRow };

/** Builds the command of {@link Virsh.volPath}. See virsh(1), `vol-path`. */
export function volPathCommand(options: VolPathOptions): Command {
  return createCommand('virsh', ['vol-path', ...checkedWords(volPathRows, options)], { effect: 'read' });
}

/** Reads what the command of {@link Virsh.volPath} prints. */
export function parseVolPath(stdout: string): string {
  const path = stdout.replace(/\n+$/, '');
  if (path === '' || path.includes('\n')) {
    throw new OutputParseError('virsh vol-path did not print one path', { text: stdout });
  }
  return path;
}
