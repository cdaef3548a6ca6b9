import { PassThrough, pipeline } from 'node:stream';
import { deferred } from './deferred.js';
import type { CommandResult, RunningCommand } from './transport.js';

/** A running command that really starts when something else has happened. Its streams are there from the beginning. */
export function startLater(
  command: RunningCommand['command'],
  ready: Promise<unknown>,
  start: () => RunningCommand,
): RunningCommand {
  const stdin = new PassThrough();
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const pid = deferred<number | undefined>();
  const begin = async (): Promise<CommandResult> => {
    await ready;
    const running = start();
    pipeline(stdin, running.stdin, () => undefined);
    pipeline(running.stdout, stdout, () => undefined);
    pipeline(running.stderr, stderr, () => undefined);
    void running.pid.then(pid.resolve);
    return running.result;
  };
  const result = begin();
  result.catch(() => undefined);
  return { command, stdin, stdout, stderr, pid: pid.promise, result };
}
