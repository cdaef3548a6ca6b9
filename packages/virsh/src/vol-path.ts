import { createCommand, OutputParseError, type CallOptions, type Command } from '@quiesce/command';
import { storageArgument } from './names.js';

/** What {@link Virsh.volPath} takes. */
export interface VolPathOptions extends CallOptions {
  /** Name or UUID of the storage pool. */
  readonly pool: string;
  /** Name of the volume in it. */
  readonly volume: string;
}

/** Builds the command of {@link Virsh.volPath}. See virsh(1), `vol-path`. */
export function volPathCommand({ pool, volume }: VolPathOptions): Command {
  return createCommand('virsh', ['vol-path', storageArgument('volume', volume), storageArgument('pool', pool)], {
    effect: 'read',
  });
}

/** Reads what the command of {@link Virsh.volPath} prints. */
export function parseVolPath(stdout: string): string {
  const path = stdout.replace(/\n+$/, '');
  if (path === '' || path.includes('\n')) {
    throw new OutputParseError('virsh vol-path did not print one path', { text: stdout });
  }
  return path;
}
