import { createCommand, type Command } from '@quiesce/command';

/** Exit code of {@link lockCommand} when another holds the lock. */
export const lockedExitCode = 75;

/**
 * Holds a lock for as long as its standard input stays open, so that it ends with whoever took it. It repeats its input
 * once it has the lock. See flock(1).
 */
export function lockCommand(options: { file: string }): Command {
  const { file } = options;
  return createCommand('flock', ['--nonblock', '--conflict-exit-code', String(lockedExitCode), file, 'cat'], {
    effect: 'write',
    stop: 'kill',
  });
}
