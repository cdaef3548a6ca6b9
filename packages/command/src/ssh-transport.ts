import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from './command.js';
import { ControlRecords } from './control-records.js';
import { createCommand } from './create-command.js';
import { deferred } from './deferred.js';
import { knownEnd, type StartedCommand } from './end-process.js';
import { CommandError, SpawnError, TransportError } from './errors.js';
import { localTransport } from './local-transport.js';
import { notStarted, refusal } from './not-started.js';
import { run } from './run.js';
import { Connection } from './ssh-connection.js';
import { makeSocketDirectory, removeSocketDirectory } from './ssh-directory.js';
import { killLine, saysGone } from './ssh-kill.js';
import { checkSettings } from './arguments/check-options.js';
import { sshArguments, sshRows, type SshOptions } from './ssh-options.js';
import { environmentInput, remoteLine } from './ssh-remote-line.js';
import { passOn, StreamHead } from './stream-head.js';
import { startLater } from './start-later.js';
import { supervise } from './supervise.js';
import type { CommandResult, RunningCommand, StartOptions, Transport } from './transport.js';

/** A {@link Transport} over ssh, with a connection to close. */
export interface SshTransport extends Transport, AsyncDisposable {
  /**
   * Ends the shared connection. Commands that still run lose theirs. Without it the connection ends
   * by itself a minute after the last command.
   */
  close(): Promise<void>;
}

/** How often a kill that could not be sent is tried, ten seconds at most each time. */
const killAttempts = 6;

interface Told {
  pid?: number;
  missing?: true;
  directory?: true;
  exit255?: true;
}

function resultOf(command: Command, name: string, result: CommandResult, told: Told, sshSaid: string): CommandResult {
  if (told.missing === true) throw new SpawnError({ command, code: 'ENOENT', where: name });
  if (told.directory === true) throw new SpawnError({ command, code: 'no such working directory', where: name });
  const started = told.pid !== undefined;
  if (result.exitCode === 255 && told.exit255 !== true) {
    const what = started ? 'connection lost while the command ran' : 'no connection';
    throw new TransportError(`${name}: ${what}: ${sshSaid === '' ? 'ssh gave no reason' : sshSaid}`, {
      command,
      started,
    });
  }
  if (!started) {
    const said = sshSaid === '' ? '' : `: ${sshSaid}`;
    throw new TransportError(`${name}: the login shell there could not run the command${said}`, { command, started });
  }
  return { ...result, command };
}

/**
 * Runs commands on another machine with the `ssh` program. The login shell there must be a POSIX
 * shell, bash or zsh. Every word is quoted, so it arrives as it is. ssh never asks for anything
 * (`BatchMode`): use a key. All commands share one connection, made by the first.
 *
 * An abort or a timeout ends the command on the other machine, not only the ssh here. A connection
 * that is lost while a command runs is a {@link TransportError} with `started: true`, noticed
 * within 15 seconds. Environment variables and standard input go through the connection, not
 * through the arguments of a process.
 *
 * @throws {@link InvalidArgumentError} for a host, user, port or option name that ssh would
 * misread.
 *
 * @example
 * ```ts
 * await using host = sshTransport({ host: 'hypervisor.example.net', user: 'backup' });
 * const { stdout } = await run(host, createCommand('uptime', [], { effect: 'read' }));
 * ```
 *
 * @see {@link https://man.openbsd.org/ssh_config | ssh_config(5)}
 */
export function sshTransport(given: SshOptions): SshTransport {
  const options = checkSettings(sshRows, given);
  const { host, user, path = 'ssh', shareConnection = true } = options;
  const name = `ssh ${user === undefined ? '' : `${user}@`}${host}`;
  const local = localTransport();
  let directory: string | undefined;

  const controlPath = (): string | undefined =>
    shareConnection ? join((directory ??= makeSocketDirectory()), 'ssh') : undefined;
  const ssh = (words: readonly string[]): Command => createCommand(path, words, { stop: 'kill' });

  const startThere = (command: Command): StartedCommand => {
    const startedAt = performance.now();
    const token = `quiesce${randomBytes(16).toString('hex')}`;
    const there = sshArguments(options, controlPath());
    const cut = new AbortController();
    const inner = local.start(ssh([...there, remoteLine(command, token)]), { signal: cut.signal });
    const environment = environmentInput(command);
    if (environment !== '') inner.stdin.write(environment);
    if (command.stdin !== undefined) inner.stdin.end(command.stdin);
    const told: Told = {};
    const pid = deferred<number | undefined>();
    const records = new ControlRecords(token, ({ kind, value }) => {
      if (kind === 'pid') pid.resolve((told.pid = Number(value)));
      else if (kind === 'missing') told.missing = true;
      else if (kind === 'directory') told.directory = true;
      else if (kind === 'exit') told.exit255 = true;
    });
    const head = new StreamHead();
    const everythingTold = passOn(inner.stderr, records, head);
    const finished = inner.result
      .then(
        async (result) => {
          await everythingTold;
          return resultOf(command, name, result, told, head.text());
        },
        (error: unknown): CommandResult => {
          if (!cut.signal.aborted) throw error;
          const durationMs = performance.now() - startedAt;
          if (told.pid !== undefined) return { command, exitCode: undefined, signal: 'SIGKILL', durationMs };
          throw new TransportError(`${name}: given up before it began`, { command, started: false });
        },
      )
      .finally(() => {
        pid.resolve(undefined);
      });
    let hasEnded = false;
    void knownEnd(finished).then(() => (hasEnded = true));
    const kill = async (signal: 'TERM' | 'KILL'): Promise<boolean> => {
      // The script there starts nothing once it finds nobody to tell its process id.
      if (signal === 'KILL' && told.pid === undefined) cut.abort();
      const group = await pid.promise;
      if (group === undefined) return false;
      // By the connection that there is, or else by one of its own, but not by a new shared one.
      const killer = ssh(['-o', 'ControlMaster=no', ...there, killLine(signal, group)]);
      for (let attempt = 1; !hasEnded && attempt <= killAttempts; attempt += 1) {
        const sent = await run(local, killer, { timeoutMs: 10_000, successCodes: [0, 1] }).catch(() => undefined);
        // What is gone there need not be waited for here, whoever else holds its output.
        if (sent !== undefined && saysGone(sent.stdout)) {
          cut.abort();
          await finished.catch(() => undefined);
          return true;
        }
        if (sent !== undefined || signal === 'TERM') return false;
        await delay(1000);
      }
      return false;
    };
    return { command, stdin: inner.stdin, stdout: inner.stdout, stderr: head, pid: pid.promise, finished, kill };
  };

  const startNow = (command: Command): StartedCommand => {
    try {
      return startThere(command);
    } catch (cause) {
      const error = CommandError.isInstance(cause)
        ? cause
        : new TransportError(`${name}: ${String(cause)}`, { command, cause, started: false });
      const { result: finished, ...nothing } = notStarted(command, error);
      return { ...nothing, finished, kill: () => Promise.resolve(true) };
    }
  };

  // Many commands at once would each make a connection, and sshd refuses more than a few newcomers
  // at a time.
  const connection = new Connection();
  const startInTurn = (command: Command): StartedCommand => {
    if (!shareConnection) return startNow(command);
    const connecting = connection.pending();
    if (connecting === undefined) return connection.use(startNow(command));
    return startLater(command, connecting, () => connection.use(startNow(command)));
  };
  const start = (command: Command, startOptions: StartOptions = {}): RunningCommand => {
    const refused = refusal(command, startOptions);
    return refused === undefined ? supervise(startInTurn(command), startOptions) : notStarted(command, refused);
  };

  const close = async (): Promise<void> => {
    if (directory === undefined) return;
    const closed = directory;
    const exit = ssh(['-O', 'exit', ...sshArguments(options, controlPath())]);
    directory = undefined;
    connection.reset();
    // No master left is as good as one that has ended.
    await run(local, exit, { timeoutMs: 5000 }).catch(() => undefined);
    removeSocketDirectory(closed);
  };
  return { name, start, close, [Symbol.asyncDispose]: close };
}
