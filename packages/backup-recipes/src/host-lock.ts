import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import {
  CommandError,
  createCommand,
  ExitError,
  run,
  TransportError,
  type Command,
  type Transport,
} from '@quiesce/command';
import { HostBusyError } from './host-busy-error.js';
import {
  endHolderCommand,
  holderFile,
  holderFileIn,
  lockCommand,
  lockedExitCode,
  parseHolder,
  type LockHolder,
} from './host/lock.js';
import { readFileCommand } from './host/run-files.js';

/** The lock that keeps two runs on one host apart. */
export interface HostLock extends AsyncDisposable {
  /** Nothing that is written reaches the host: there is no lock, and needs none. */
  readonly isDry: boolean;
  /** What has to be added to the time here to get the host's, in milliseconds. */
  readonly clockOffsetMs: number;
  /**
   * Resolves when it was lost before it was given back, as when the connection that holds it ends.
   */
  readonly lost: Promise<CommandError>;
}

const sayEveryMs = 10_000;
const takeMs = 60_000;

/** Who holds the lock of a host, or held it last. */
export async function readHolder(transport: Transport, folder?: string): Promise<LockHolder | undefined> {
  const { stdout } = await run(
    transport,
    readFileCommand({ file: folder === undefined ? holderFile : holderFileIn(folder) }),
    {
      successCodes: [0, 1],
      timeoutMs: takeMs,
    },
  );
  return parseHolder(stdout);
}

/** Whether a command that writes is not run at all. */
async function isDry(transport: Transport, token: string): Promise<boolean> {
  const { stdout } = await run(transport, createCommand('echo', [token], { effect: 'write' }), { timeoutMs: takeMs });
  return stdout === '';
}

/** A lock that a command on the host holds for as long as it is told something. */
export interface LockToHold {
  /** Prints the token, with the time, once it holds the lock, and then repeats what it is told. */
  readonly command: Command;
  readonly token: string;
  /** What it is, as `the lock of the host`. */
  readonly what: string;
  /** What is thrown where somebody else holds it. */
  readonly busy: () => Promise<Error>;
}

/**
 * Takes the lock of a host without waiting for another run to end.
 *
 * @param folder - Names another lock than that of all runs on the host.
 * @throws {@link HostBusyError}
 */
export async function takeHostLock(transport: Transport, runId: string, folder?: string): Promise<HostLock> {
  const token = randomBytes(16).toString('hex');
  const command = lockCommand({ folder, runId, pid: process.pid, machine: hostname(), token });
  const busy = async (): Promise<Error> => new HostBusyError(await readHolder(transport, folder));
  return holdLock(transport, { command, token, what: 'the lock of the host', busy });
}

/** Takes a lock of a host without waiting for another to end. */
export async function holdLock(transport: Transport, { busy, command, token, what }: LockToHold): Promise<HostLock> {
  const running = transport.start(command);
  let stderr = '';
  running.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8');
  });
  // A shell's start-up file may say something too: only the token says that the lock is held.
  let stdout = '';
  const held = new Promise<number>((resolve) => {
    running.stdout.on('data', (chunk: Buffer) => {
      if (stdout.length < 65_536) stdout += chunk.toString('utf8');
      const { seconds } = new RegExp(String.raw`^${token} (?<seconds>\d+\.\d+)$`, 'm').exec(stdout)?.groups ?? {};
      if (seconds !== undefined) resolve(Number(seconds) * 1000 - Date.now());
    });
  });
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      running.stdin.end();
      reject(new CommandError(`${what} could not be taken in ${String(takeMs / 1000)} s`, { command }));
    }, takeMs);
  });
  const first = await Promise.race([held, running.result, tooLong]).finally(() => {
    clearTimeout(timer);
  });
  if (typeof first !== 'number') {
    if (first.exitCode === lockedExitCode) throw await busy();
    // A dry run takes no lock, and needs none.
    if (first.exitCode === 0 && (await isDry(transport, token))) return unlocked();
    throw new ExitError({ ...first, stdout: '', stderr });
  }
  const saying = setInterval(() => running.stdin.write('.\n'), sayEveryMs).unref();
  running.stdin.on('error', () => undefined);
  let released = false;
  const ending = running.result
    .then(
      () => undefined,
      (error: unknown) => error,
    )
    .finally(() => {
      clearInterval(saying);
    });
  const lost = new Promise<CommandError>((resolve) => {
    void ending.then((cause) => {
      if (!released)
        resolve(
          new CommandError(`${what} was lost, so the run was stopped: see why the connection ended, and run again`, {
            cause,
          }),
        );
    });
  });
  return {
    isDry: false,
    clockOffsetMs: first,
    lost,
    [Symbol.asyncDispose]: async () => {
      released = true;
      running.stdin.end();
      // What can't be given back properly ends with the connection.
      await ending;
    },
  };
}

/** A lock that is taken again when it was lost with the link. */
export interface KeptLock extends HostLock {
  /**
   * Resolves when it is known whether it is held: at once, unless it was lost and is being taken
   * again.
   */
  certain(): Promise<void>;
}

/** What is told of a lock that was lost. */
export interface LockLost {
  /** How long it is tried to get it again over a link that is lost, in milliseconds. */
  readonly forMs: number;
  /** It was lost with the link, and is held again. */
  readonly onBack: (error: CommandError) => void;
  /** Another run has it, or it can't be had again. */
  readonly onLost: (error: CommandError) => void;
}

async function takeAgain(transport: Transport, runId: string, forMs: number): Promise<HostLock> {
  const until = performance.now() + forMs;
  for (;;) {
    try {
      return await takeHostLock(transport, runId);
    } catch (error) {
      const isOwn = HostBusyError.isInstance(error) && error.holder?.runId === runId;
      if (performance.now() > until || !(isOwn || TransportError.isInstance(error))) throw error;
      // The host has not noticed yet that the link to it was lost.
      if (HostBusyError.isInstance(error) && error.holder !== undefined) {
        await run(transport, endHolderCommand(error.holder), { timeoutMs: takeMs }).catch(() => undefined);
      }
      await delay(1000);
    }
  }
}

/**
 * Takes the lock of a host for a run that may lose its link and get it back.
 *
 * @throws {@link HostBusyError}
 */
export async function holdHostLock(transport: Transport, runId: string, told: LockLost): Promise<KeptLock> {
  const first = await takeHostLock(transport, runId);
  const state: { held: HostLock; isOver: boolean; again: Promise<unknown> } = {
    ...{ held: first, isOver: false, again: Promise.resolve() },
  };
  // Asked by a function, since the compiler does not see that others change it.
  const isOver = (): boolean => state.isOver;
  const keep = async (): Promise<void> => {
    const error = await state.held.lost;
    if (isOver()) return;
    try {
      const taking = takeAgain(transport, runId, told.forMs);
      state.again = taking.catch(() => undefined);
      const again = await taking;
      // It may have been given back meanwhile.
      state.held = again;
      if (isOver()) {
        await again[Symbol.asyncDispose]();
        return;
      }
    } catch (cause) {
      told.onLost(new CommandError(error.message, { cause }));
      return;
    }
    const message = 'the lock of the host was lost, with the link or for want of time, and is back';
    told.onBack(new CommandError(message, { cause: error }));
    await keep();
  };
  void keep();
  return {
    ...first,
    certain: async () => {
      await state.again;
      // Whoever lost it is told first.
      await delay(0);
    },
    [Symbol.asyncDispose]: async () => {
      state.isOver = true;
      await state.held[Symbol.asyncDispose]();
    },
  };
}

function unlocked(): HostLock {
  const lost = new Promise<never>(() => undefined);
  return { isDry: true, clockOffsetMs: 0, lost, [Symbol.asyncDispose]: () => Promise.resolve() };
}
