import type { Readable } from 'node:stream';
import {
  checkOptions,
  ExitError,
  linkSignals,
  mapExitError,
  traceCall,
  type CallOptions,
  type Command,
  type CommandRunner,
  type RunningCommand,
} from '@quiesce/command';
import { rsyncErrors } from '../error-rules.js';
import { SkippedDirectoriesError } from '../errors.js';
import { createEventQueue, type EventQueue } from './event-queue.js';
import { createMessageParser } from '../output/message-parser.js';
import { isVerdict, parseSkippedDirectory, parseRsyncVanished } from '../output/messages.js';
import { createOutputParser, type OutputParser, type SyncEvent } from '../output/output-parser.js';
import { isStatsLine, nothingDone, parseRsyncStats, type SyncStats } from '../output/stats.js';
import { rsyncCommand } from './sync-command.js';
import type { RsyncOptions } from '../options/sync-options.js';
import { rsyncRows } from '../options/sync-rows.js';

/** What a run came to. */
export interface SyncResult {
  /** 0, or 24 with `vanishedFiles: 'warn'`. */
  readonly exitCode: number;
  /** From start to end, in milliseconds. */
  readonly durationMs: number;
  readonly stats: SyncStats;
  /** What rsync said besides: notices, then warnings, each in order. The last thousand or so. */
  readonly warnings: readonly string[];
  /** Files that vanished from the source while it was copied. */
  readonly vanishedFiles: readonly string[];
}

/**
 * A run of rsync: await it for the result, or loop over it for what it tells meanwhile, or do both.
 * It begins at once.
 *
 * Only a loop that begins at once sees all events; without a loop none are kept. A loop that is
 * slow slows rsync down, and one that is left early ends rsync, which makes the result an
 * `AbortedError`. A failure is thrown at the end of the loop as well as to who awaits.
 */
export interface SyncRun extends Promise<SyncResult>, AsyncIterable<SyncEvent, void, undefined> {}

const replacesProgress = (next: SyncEvent, previous: SyncEvent): boolean =>
  next.type === 'progress' && previous.type === 'progress';

function start(
  rsync: CommandRunner,
  command: Command,
  { signal, timeoutMs }: CallOptions,
  left: AbortSignal,
  onStop: () => void,
): RunningCommand {
  const running = linkSignals([signal, left], (linked) => {
    // A loop that stands still must not keep a stopped rsync from ending.
    linked.addEventListener('abort', onStop, { once: true });
    return rsync.start(command, { signal: linked, timeoutMs });
  });
  running.stdin.end();
  if (timeoutMs !== undefined) {
    const timer = setTimeout(onStop, timeoutMs);
    const clear = (): void => clearTimeout(timer);
    running.result.then(clear, clear);
  }
  return running;
}

/** Reads a stream to its end and tells whether there was anything in it. */
async function readAll(stream: Readable, parser: OutputParser, queue: EventQueue<SyncEvent>): Promise<boolean> {
  let any = false;
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    any = true;
    const room = queue.put(parser.push(chunk as Buffer));
    // Waited for only when there is something to wait for: most chunks of a long run need no turn
    // of their own.
    if (room !== undefined) await room;
  }
  void queue.put(parser.end());
  return any;
}

async function follow(
  rsync: CommandRunner,
  options: RsyncOptions,
  clientTimeoutMs: number | undefined,
  left: AbortSignal,
  queue: EventQueue<SyncEvent>,
): Promise<SyncResult> {
  const checked = checkOptions<RsyncOptions>(rsyncRows, options);
  const built = rsyncCommand(checked);
  const { signal: stop, skippedDirectories = 'error', timeoutMs = clientTimeoutMs, vanishedFiles = 'error' } = checked;
  const running = start(rsync, built, { signal: stop, timeoutMs }, left, queue.release);
  const [output, messages] = [createOutputParser(), createMessageParser()];
  // A stream that breaks shows in how the command ended.
  const printed = readAll(running.stdout, output, queue).catch(() => true);
  const said = readAll(running.stderr, messages, queue).catch(() => true);
  const { command, exitCode, signal, durationMs } = await running.result;
  const anyOutput = await printed;
  await said;
  const stdout = output.lines().join('\n');
  const stderr = messages.lines().join('\n');
  const good = exitCode === 0 || (exitCode === 24 && vanishedFiles === 'warn');
  if (!good) throw mapExitError(new ExitError({ command, exitCode, signal, stdout, stderr }), rsyncErrors);
  const directories = output.lines().flatMap((line) => parseSkippedDirectory(line) ?? []);
  if (directories.length > 0 && skippedDirectories === 'error') {
    const reason = `rsync skips ${directories.join(', ')}: archive or recursive copies what is in a directory`;
    throw SkippedDirectoriesError.create({ command, exitCode, signal, stdout, stderr, reason }, { directories });
  }
  return {
    exitCode,
    durationMs,
    stats: anyOutput ? parseRsyncStats(stdout) : nothingDone,
    warnings: [
      ...output.lines().filter((line) => !isStatsLine(line)),
      ...messages.lines().filter((line) => !isVerdict(line)),
    ],
    vanishedFiles: messages.lines().flatMap((line) => parseRsyncVanished(line) ?? []),
  };
}

/** Starts a run. */
export function startSync(rsync: CommandRunner, options: RsyncOptions, clientTimeoutMs: number | undefined): SyncRun {
  const left = new AbortController();
  const queue = createEventQueue(replacesProgress);
  const toEnd = async (): Promise<SyncResult> => {
    try {
      return await follow(rsync, options, clientTimeoutMs, left.signal, queue);
    } catch (error) {
      traceCall(error);
      throw error;
    } finally {
      queue.close();
    }
  };
  const result = toEnd();
  const settle = async (): Promise<void> => {
    await result.catch(() => undefined);
  };
  const events: AsyncIterator<SyncEvent, void, undefined> = {
    next: async () => {
      const value = await queue.take();
      if (value !== undefined) return { done: false, value };
      if (!left.signal.aborted) await result;
      return { done: true, value: undefined };
    },
    return: async () => {
      left.abort(new Error('the loop over the events was left'));
      queue.release();
      await settle();
      return { done: true, value: undefined };
    },
  };
  return Object.assign(result, {
    [Symbol.asyncIterator]: () => {
      // Who loops is told by the loop. Who does neither hears of a failure as of that of any
      // promise.
      void settle();
      queue.listen();
      return events;
    },
  });
}
