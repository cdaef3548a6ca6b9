import { CommandError, ExitError, type Transport } from '@quiesce/command';
import { lockCommand, lockedExitCode } from './host/lock.js';

/** A lock that another process on the host, ours or not, can't take at the same time. */
export interface HostLock {
  /** Resolves when it was lost before it was given back, as when the connection that holds it ends. */
  readonly lost: Promise<CommandError>;
  /** Gives it back. It also ends by itself when this process ends, or when the host notices that the connection has. */
  release(): Promise<void>;
}

/**
 * Takes a lock on the host without waiting.
 *
 * @returns undefined where another holds it.
 */
export async function takeHostLock(transport: Transport, file: string): Promise<HostLock | undefined> {
  const command = lockCommand({ file });
  const running = transport.start(command);
  let stderr = '';
  running.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8');
  });
  // `cat` runs only once the lock is held, so the first byte that comes back says that it is.
  running.stdin.write('.');
  const held = new Promise<true>((resolve) => {
    running.stdout.once('data', () => {
      resolve(true);
    });
  });
  const ended = await Promise.race([held, running.result]);
  if (ended !== true) {
    if (ended.exitCode === lockedExitCode) return undefined;
    // A dry run takes no lock, and needs none.
    if (ended.exitCode === 0) return { lost: new Promise(() => undefined), release: () => Promise.resolve() };
    throw new ExitError({ ...ended, stdout: '', stderr });
  }
  let released = false;
  const ending = running.result.then(
    () => undefined,
    (error: unknown) => error,
  );
  const lost = new Promise<CommandError>((resolve) => {
    void ending.then((cause) => {
      if (!released) resolve(new CommandError(`the lock ${file} was lost`, { cause }));
    });
  });
  return {
    lost,
    release: async () => {
      released = true;
      running.stdin.end();
      // What can't be given back properly ends with the connection.
      await ending;
    },
  };
}
