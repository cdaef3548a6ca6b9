import { Readable, Writable } from 'node:stream';
import { deferred } from '../deferred.js';
import type { Command } from '../command.js';
import { notStarted, refusal } from '../not-started.js';
import { supervise } from '../supervise.js';
import { describeCommand } from '../to-shell.js';
import type { CommandResult, Transport } from '../transport.js';

/** How a scripted command behaves. */
export interface ScriptedReply {
  /** @default '' */
  readonly stdout?: string;
  /** @default '' */
  readonly stderr?: string;
  /** @default 0 */
  readonly exitCode?: number;
  /**
   * Rejects the result with this in place of an exit code, as a transport does that lost its
   * connection.
   */
  readonly error?: Error;
  /**
   * Milliseconds until it ends.
   * @default 0
   */
  readonly durationMs?: number;
}

/** Decides how a command behaves. Undefined means that the script does not know it, which fails. */
export type Script = (
  command: Command,
  stdin: Promise<string>,
) => ScriptedReply | undefined | Promise<ScriptedReply | undefined>;

/** A {@link Transport} that runs nothing. */
export interface ScriptedTransport extends Transport {
  /** Every command started so far, in order. */
  readonly commands: readonly Command[];
}

/**
 * A transport for tests of your own code: commands get scripted replies and nothing runs.
 *
 * @example
 * ```ts
 * const transport = scriptedTransport(({ args }) =>
 *   args[0] === 'list' ? { stdout: 'tank\t1024\n' } : { exitCode: 1, stderr: 'cannot do that' },
 * );
 * ```
 */
export function scriptedTransport(script: Script): ScriptedTransport {
  const commands: Command[] = [];
  return {
    name: 'scripted',
    commands,
    start: (command, options = {}) => {
      const refused = refusal(command, options);
      if (refused !== undefined) return notStarted(command, refused);
      commands.push(command);
      const startedAt = performance.now();
      const input = deferred<string>();
      const received: Buffer[] = [];
      const stdin = new Writable({
        write: (chunk: Buffer, _encoding, done) => {
          received.push(chunk);
          done();
        },
        final: (done) => {
          input.resolve(Buffer.concat(received).toString('utf8'));
          done();
        },
      });
      if (command.stdin !== undefined) stdin.end(command.stdin);
      const stdout = new Readable({ read: () => undefined });
      const stderr = new Readable({ read: () => undefined });
      const killed = deferred<CommandResult>();
      const result = (exitCode: number | undefined, signal?: string): CommandResult => ({
        command,
        exitCode,
        signal,
        durationMs: performance.now() - startedAt,
      });
      const play = async (): Promise<CommandResult> => {
        const reply = await script(command, input.promise);
        if (reply === undefined) throw new Error(`the script does not know: ${describeCommand(command)}`);
        if (reply.durationMs !== undefined) await new Promise((resolve) => setTimeout(resolve, reply.durationMs));
        if (!ended) {
          stdout.push(reply.stdout ?? '');
          stderr.push(reply.stderr ?? '');
        }
        if (reply.error !== undefined) throw reply.error;
        return result(reply.exitCode ?? 0);
      };
      let ended = false;
      const finished = Promise.race([play(), killed.promise]).finally(() => {
        ended = true;
        stdout.push(null);
        stderr.push(null);
      });
      const kill = (signal: string): Promise<boolean> => {
        killed.resolve(result(undefined, `SIG${signal}`));
        return Promise.resolve(true);
      };
      const pid = Promise.resolve(undefined);
      return supervise({ command, stdin, stdout, stderr, pid, finished, kill }, options);
    },
  };
}
