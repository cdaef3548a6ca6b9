import { createCommand, type Command } from '@quiesce/command';

/** Checks a file system and repairs what is safe to repair without asking. See fsck(8). */
export function fsckCommand(options: { device: string }): Command {
  return createCommand('fsck', ['-p', options.device], { effect: 'write' });
}

/** Exit codes of fsck after which the file system is good: nothing to do, or all repaired. */
export const fsckSuccessCodes: readonly number[] = [0, 1];
