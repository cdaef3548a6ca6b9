import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCommand, type Command } from './command.js';
import { ControlRecords } from './control-records.js';
import { deferred } from './deferred.js';
import { SpawnError, TransportError } from './errors.js';
import { localTransport } from './local-transport.js';
import { notStarted, refusal } from './not-started.js';
import { run } from './run.js';
import { sshArguments, type SshOptions } from './ssh-options.js';
import { remoteLine } from './ssh-remote-line.js';
import { passOn, StreamHead } from './stream-head.js';
import { Connection } from './ssh-connection.js';
import { startLater } from './start-later.js';
import { supervise } from './supervise.js';
import type { CommandResult, RunningCommand, StartOptions, Transport } from './transport.js';

/** A {@link Transport} over ssh, with a connection to close. */
export interface SshTransport extends Transport, AsyncDisposable {
  /** Ends the shared connection. Commands that still run lose theirs. Without it the connection ends by itself a minute after the last command. */
  close(): Promise<void>;
}

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
 * Runs commands on another machine with the `ssh` program. The login shell there must be a POSIX shell, bash or zsh.
 * Every word is quoted, so it arrives as it is. ssh never asks for anything (`BatchMode`): use a key. All commands share
 * one connection, made by the first.
 *
 * An abort or a timeout ends the command on the other machine, not only the ssh here. A connection that is lost while a
 * command runs is a {@link TransportError} with `started: true`, noticed within 15 seconds.
 *
 * @throws {@link InvalidArgumentError} for a host, user, port or option name that ssh would misread.
 *
 * @example
 * ```ts
 * await using host = sshTransport({ host: 'hypervisor.example.net', user: 'backup' });
 * const { stdout } = await run(host, createCommand('uptime', [], { effect: 'read' }));
 * ```
 *
 * @see {@link https://man.openbsd.org/ssh_config | ssh_config(5)}
 */
export function sshTransport(options: SshOptions): SshTransport {
  const { host, user, path = 'ssh', shareConnection = true } = options;
  const name = `ssh ${user === undefined ? '' : `${user}@`}${host}`;
  sshArguments(options, undefined);
  const local = localTransport();
  let directory: string | undefined;

  const controlPath = (): string | undefined => {
    if (!shareConnection) return undefined;
    // Short and private: a socket's path has at most 108 bytes, and whoever reaches it can use the connection.
    directory ??= mkdtempSync(join(tmpdir(), 'quiesce-'));
    return join(directory, 'ssh');
  };
  const ssh = (words: readonly string[], stdin?: string | Uint8Array): Command =>
    createCommand(path, [...sshArguments(options, controlPath()), ...words], {
      stop: 'kill',
      ...(stdin !== undefined && { stdin }),
    });

  const startNow = (command: Command, startOptions: StartOptions): RunningCommand => {
    const refused = refusal(command, startOptions);
    if (refused !== undefined) return notStarted(command, refused);
    const token = `quiesce${randomBytes(16).toString('hex')}`;
    let line: string;
    try {
      line = remoteLine(command, token);
    } catch (error) {
      return notStarted(command, error as Error);
    }
    const cut = new AbortController();
    const inner = local.start(ssh([line], command.stdin), { signal: cut.signal });
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
      .then(async (result) => {
        await everythingTold;
        return resultOf(command, name, result, told, head.text());
      })
      .finally(() => {
        pid.resolve(undefined);
      });
    const kill = async (signal: 'TERM' | 'KILL'): Promise<void> => {
      const group = await pid.promise;
      if (group === undefined) return;
      await run(local, ssh([`kill -s ${signal} -- -${String(group)}`]), { timeoutMs: 2000, successCodes: [0, 1] });
      // What is killed there can't be waited for any longer here.
      if (signal === 'KILL') cut.abort();
    };
    const result = supervise({ ...startOptions, command, finished, kill });
    result.catch(() => undefined);
    return { command, stdin: inner.stdin, stdout: inner.stdout, stderr: head, pid: pid.promise, result };
  };

  // Many commands at once would each make a connection, and sshd refuses more than a few newcomers at a time.
  const connection = new Connection();
  const start = (command: Command, startOptions: StartOptions = {}): RunningCommand => {
    if (!shareConnection) return startNow(command, startOptions);
    const connecting = connection.pending();
    if (connecting !== undefined) {
      return startLater(command, connecting, () => connection.use(startNow(command, startOptions)));
    }
    return connection.use(startNow(command, startOptions));
  };

  const close = async (): Promise<void> => {
    if (directory === undefined) return;
    const closed = directory;
    const exit = createCommand(path, ['-O', 'exit', ...sshArguments(options, controlPath())], { stop: 'kill' });
    directory = undefined;
    connection.reset();
    // No master left is as good as one that has ended.
    await run(local, exit, { timeoutMs: 5000 }).catch(() => undefined);
    rmSync(closed, { recursive: true, force: true });
  };
  return { name, start, close, [Symbol.asyncDispose]: close };
}
