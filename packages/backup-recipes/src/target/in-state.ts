import type { Command } from '@quiesce/command';
import { inSnapshot } from '../host/in-snapshot.js';
import type { BackupState } from './states.js';

/** How the files of a state are come by. */
export interface StateAccess {
  /** Where they are, for commands that are wrapped. */
  readonly at: string;
  /** Makes a command find them there. */
  readonly wrap: (command: Command) => Command;
}

/** How the files of a state are come by. What is below `.zfs/snapshot` is for people. */
export function accessTo({ folder = '', snapshot }: Pick<BackupState, 'folder' | 'snapshot'>): StateAccess {
  if (snapshot === undefined) return { at: folder, wrap: (command) => command };
  const at = folder.slice(0, -`/.zfs/snapshot/${snapshot.replace(/^[^@]*@/, '')}`.length);
  return { at, wrap: (command) => inSnapshot(command, { snapshot, folder: at }) };
}
