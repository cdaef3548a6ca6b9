import type { Readable } from 'node:stream';
import { linkSignals, type CallOptions, type Command, type CommandRunner, type RunningCommand } from '@quiesce/command';
import type { RsyncOptions } from '../options/sync-options.js';
import type { SyncChange } from '../output/itemized-change.js';
import { createMessageParser } from '../output/message-parser.js';
import {
  createOutputParser,
  type OutputParser,
  type OutputParserSettings,
  type SyncEvent,
} from '../output/output-parser.js';
import type { EventQueue } from './event-queue.js';
import { outcomeOf, type SyncResult, type Tolerance } from './outcome.js';
import type { UnfinishedFiles } from './unfinished.js';

/** A run that is about to begin. */
export interface RunPlan {
  readonly command: Command;
  readonly call: CallOptions;
  readonly parser: OutputParserSettings;
  readonly tolerance: Tolerance;
  /** How many changes the result keeps. */
  readonly maximumChanges: NonNullable<RsyncOptions['maximumChanges']>;
}

/** What a run is watched with. */
export interface RunWatch {
  readonly queue: EventQueue<SyncEvent>;
  readonly unfinished: UnfinishedFiles;
  /** What is to be said before anything else, as of this rsync. */
  readonly notes: readonly string[];
  /** Aborted when the loop over the events is left. */
  readonly left: AbortSignal;
}

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
  if (command.stdin === undefined) running.stdin.end();
  if (timeoutMs !== undefined) {
    const timer = setTimeout(onStop, timeoutMs);
    const clear = (): void => clearTimeout(timer);
    running.result.then(clear, clear);
  }
  return running;
}

/** Reads a stream to its end and tells whether there was anything in it. */
async function readAll(
  stream: Readable,
  parser: OutputParser,
  take: (events: readonly SyncEvent[]) => Promise<void> | undefined,
): Promise<boolean> {
  let any = false;
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    any = true;
    const room = take(parser.push(chunk as Buffer));
    // Waited for only when there is something to wait for: most chunks of a long run need no turn
    // of their own.
    if (room !== undefined) await room;
  }
  void take(parser.end());
  return any;
}

/** Runs rsync and follows it to its end. */
export async function followRun(
  rsync: CommandRunner,
  { call, command, maximumChanges, parser, tolerance }: RunPlan,
  { left, notes, queue, unfinished }: RunWatch,
): Promise<SyncResult> {
  const running = start(rsync, command, call, left, queue.release);
  const [output, messages] = [createOutputParser(parser), createMessageParser()];
  const changes: SyncChange[] = [];
  let changesLeftOut = 0;
  // A dry run tells the end of no file: the list of those that it told would only grow.
  const isDry = command.args.includes('--dry-run');
  const takeOutput = (events: readonly SyncEvent[]): Promise<void> | undefined => {
    if (!isDry) unfinished.see(events);
    for (const event of events) {
      if (event.type !== 'change') continue;
      if (changes.length < maximumChanges) changes.push(event);
      else changesLeftOut += 1;
    }
    return queue.put(events);
  };
  await queue.put(notes.map((message) => ({ type: 'warning', message })));
  // A stream that breaks shows in how the command ended.
  const printed = readAll(running.stdout, output, takeOutput).catch(() => true);
  const said = readAll(running.stderr, messages, queue.put).catch(() => true);
  const result = await running.result;
  const any = await printed;
  await said;
  const [outputLines, messageLines] = [output.lines(), messages.lines()];
  return outcomeOf({ result, outputLines, messageLines, any, notes, changes, changesLeftOut }, tolerance);
}
