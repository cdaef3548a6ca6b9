import { PassThrough, pipeline } from 'node:stream';
import { deferred } from './deferred.js';
import type { StartedCommand } from './end-process.js';

/**
 * A command that really starts when something else has happened. Its streams are there from the
 * beginning, and until it starts it can be called off.
 */
export function startLater(
  command: StartedCommand['command'],
  ready: Promise<unknown>,
  start: () => StartedCommand,
): StartedCommand {
  const stdin = new PassThrough();
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  // Each pipeline that it goes through listens several times: of sudo over ssh there are some ten,
  // at which Node warns.
  for (const stream of [stdin, stdout, stderr]) stream.setMaxListeners(30);
  const pid = deferred<number | undefined>();
  let state: 'waiting' | 'cancelled' | StartedCommand = 'waiting';
  const begin = async (): Promise<StartedCommand> => {
    await ready;
    // Nobody waits for the end of what was called off.
    if (state === 'cancelled') return new Promise<never>(() => undefined);
    const running = (state = start());
    pipeline(stdin, running.stdin, () => undefined);
    pipeline(running.stdout, stdout, () => undefined);
    pipeline(running.stderr, stderr, () => undefined);
    void running.pid.then(pid.resolve);
    return running;
  };
  const started = begin();
  const cancel = (): boolean => {
    if (typeof state === 'object') return state.cancel?.() ?? false;
    state = 'cancelled';
    pid.resolve(undefined);
    stdin.resume();
    stdout.end();
    stderr.end();
    return true;
  };
  return {
    command,
    stdin,
    stdout,
    stderr,
    pid: pid.promise,
    finished: started.then(({ finished }) => finished),
    kill: async (signal) => (await started).kill(signal),
    cancel,
  };
}
