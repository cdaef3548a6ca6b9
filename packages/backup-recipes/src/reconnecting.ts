import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import {
  PrivilegeError,
  TransportError,
  type CommandResult,
  type RunningCommand,
  type Transport,
} from '@quiesce/command';

const everyMs = 1000;

/**
 * A transport that outlives a lost link: a command that could not begin, because there was no
 * connection, is tried again for some time. One that had begun when the link was lost is not: what
 * became of it has to be looked at. Standard input is what the command carries, or empty.
 */
export function reconnecting(transport: Transport, forMs: number): Transport {
  return {
    name: transport.name,
    start: (command, options = {}): RunningCommand => {
      const stdin = new PassThrough().resume();
      const stdout = new PassThrough();
      const stderr = new PassThrough();
      const until = performance.now() + forMs;
      let known: (pid: number | undefined) => void = () => undefined;
      const pid = new Promise<number | undefined>((resolve) => (known = resolve));
      const attempt = async (): Promise<CommandResult> => {
        const inner = transport.start(command, options);
        if (command.stdin === undefined) inner.stdin.end();
        void inner.pid.then((id) => {
          if (id !== undefined) known(id);
        });
        const passed = Promise.allSettled([
          pipeline(inner.stdout, stdout, { end: false }),
          pipeline(inner.stderr, stderr, { end: false }),
        ]);
        try {
          const result = await inner.result;
          end(passed);
          return result;
        } catch (error) {
          // sudo's no is no lost link.
          const isLink = !PrivilegeError.isInstance(error) && TransportError.isInstance(error);
          const isUnbegun = isLink && !error.started;
          if (!isUnbegun || options.signal?.aborted === true || performance.now() > until) {
            end(passed);
            throw error;
          }
        }
        await delay(everyMs);
        return attempt();
      };
      const end = (passed: Promise<unknown>): void => {
        known(undefined);
        void passed.then(() => {
          stdout.end();
          stderr.end();
        });
      };
      const result = attempt();
      result.catch(() => undefined);
      return { command, stdin, stdout, stderr, pid, result };
    },
  };
}
