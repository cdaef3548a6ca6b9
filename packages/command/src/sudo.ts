import { checkTransport, programRow } from './arguments/check-client-options.js';
import { checkSettings } from './arguments/check-options.js';
import type { AnyRows } from './arguments/rows.js';
import { checkArgument } from './check-argument.js';
import { disposalOf, type DisposalOf } from './disposal.js';
import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from './command.js';
import { createCommand } from './create-command.js';
import { InvalidArgumentError, PrivilegeError, SpawnError } from './errors.js';
import { notStarted, refusal } from './not-started.js';
import { descendants, processIds, processTableCommand } from './process-tree.js';
import { run } from './run.js';
import { passOn, StreamHead } from './stream-head.js';
import { supervise } from './supervise.js';
import type { CommandResult, RunningCommand, StartOptions, Transport } from './transport.js';

/** How {@link sudo} runs commands. */
export interface SudoOptions {
  /**
   * User to run as.
   * @default 'root'
   */
  readonly user?: string;
  /**
   * The sudo program.
   * @default 'sudo'
   */
  readonly path?: string;
}

const userName = /^[A-Za-z0-9_][A-Za-z0-9_.@-]*\$?$/;

const sudoRows: AnyRows = {
  user: {
    kind: 'text',
    check: (argument, value) => checkArgument(argument, value, { pattern: userName, expected: 'a user name' }),
    sample: 'backup',
  },
  path: programRow,
};
const notFound = /^sudo: .*: command not found$/m;

/*
 * How sudo 1.8 and 1.9 and sudo-rs say that they run nothing. Everything else that begins with
 * `sudo:` may be a warning, as that of a host name that does not resolve, before a program that
 * then runs and fails.
 */
const refused = new RegExp(
  [
    /^sudo: .*(?:password|authentication|terminal) is required\b.*$/,
    /^sudo: (?:no tty present|sorry, you |The "no new privileges" flag|I'm sorry ).*$/,
    /^sudo: (?:account validation failure|Account or password is expired|PAM ).*$/,
    /^sudo: (?:unknown user|you do not exist|no valid sudoers sources|unable to initialize policy|effective uid is not 0).*$/,
    /^sudo: .* must be owned by uid 0 .*$/,
    /^Sorry, user .* (?:is not allowed|may not) .*$/,
    /^\S+ is not (?:in the sudoers file|allowed to run sudo)\b.*$/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'm',
);

function resultOf(command: Command, name: string, result: CommandResult, said: string): CommandResult {
  // sudo says `sudo: …` or `Sorry, user … may not run …` and exits 1; so may the program, but not
  // in these words.
  if (result.exitCode === 1 && notFound.test(said)) throw new SpawnError({ command, code: 'ENOENT', where: name });
  const refusal = result.exitCode === 1 ? refused.exec(said) : null;
  if (refusal !== null) {
    const next = 'allow it in sudoers with NOPASSWD, see the least rights in the documentation';
    throw new PrivilegeError(`${name}: ${refusal[0]}: ${next}`, { command, started: false });
  }
  return { ...result, command };
}

const looks = 10;

/**
 * Whether processes are gone. A transport may not be able to tell: over ssh a killed shell looks
 * like a lost connection.
 */
async function areGone(transport: Transport, pids: ReadonlySet<number>): Promise<boolean> {
  for (let look = 1; look <= looks; look += 1) {
    const { stdout } = await run(transport, processTableCommand());
    if (!processIds(stdout).some((pid) => pids.has(pid))) return true;
    await delay(100);
  }
  return false;
}

/**
 * Runs commands of another transport through `sudo -n`, so sudo never asks for a password.
 * Environment variables reach the command only as far as the sudoers policy lets them (`LC_ALL`
 * does by default).
 *
 * A stopped command is ended with `sudo kill`, which the policy must allow too; where it does not,
 * the error says that the command still runs.
 *
 * Disposed of, it disposes of the other.
 *
 * @throws {@link InvalidArgumentError} for a user name that sudo would misread.
 *
 * @example
 * ```ts
 * const zfs = createZfs({ transport: sudo(localTransport()) });
 * ```
 *
 * @see {@link https://www.sudo.ws/docs/man/sudo.man/ | sudo(8)}
 */
export function sudo<Inner extends Transport>(
  transport: Inner,
  options: SudoOptions = {},
): Transport & DisposalOf<Inner> {
  const { user, path = 'sudo' } = checkSettings(sudoRows, options);
  checkTransport('transport', transport);
  const name = `sudo on ${transport.name}`;
  const privileged = (file: string, args: readonly string[], rest: Partial<Command>): Command =>
    createCommand(path, ['-n', ...(user === undefined ? [] : ['-u', user]), '--', file, ...args], rest);

  const start = (command: Command, startOptions: StartOptions = {}): RunningCommand => {
    // sudo reads such a word as a variable, also after `--`.
    if (command.file.includes('=')) {
      const expected = 'a program without = in its name';
      return notStarted(command, new InvalidArgumentError({ argument: 'file', value: command.file, expected }));
    }
    const refused = refusal(command, startOptions);
    if (refused !== undefined) return notStarted(command, refused);
    const { file, args, ...rest } = command;
    const inner = transport.start(privileged(file, args, rest));
    const head = new StreamHead();
    const everythingSaid = passOn(inner.stderr, head);
    const finished = inner.result.then(async (result) => {
      await everythingSaid;
      return resultOf(command, name, result, head.text());
    });
    const known = new Set<number>();
    const kill = async (signal: 'TERM' | 'KILL'): Promise<boolean> => {
      const root = await inner.pid;
      if (root === undefined) return false;
      const { stdout } = await run(transport, processTableCommand());
      // A parent that ends first leaves children that the second look no longer finds below it.
      for (const pid of [root, ...known].flatMap((pid) => descendants(stdout, pid))) known.add(pid);
      // Only the one who runs it may signal what sudo runs, and sudo itself hands on no SIGKILL.
      const pids = [...known].map(String);
      const killer = privileged('kill', ['-s', signal, '--', ...pids], { effect: 'write', stop: 'kill' });
      await run(transport, killer, { successCodes: [0, 1] });
      return signal === 'KILL' && areGone(transport, known);
    };
    const { stdin, stdout, pid } = inner;
    return supervise({ command, stdin, stdout, stderr: head, pid, finished, kill }, startOptions);
  };
  return { name, start, runs: (command) => transport.runs?.(command) ?? true, ...disposalOf(transport) };
}
