import { setTimeout as delay } from 'node:timers/promises';
import { CommandError, lines, run, TimeoutError, TransportError } from '@quiesce/command';
import { readFileCommand, removeRunFoldersCommand } from '../../host/run-files.js';
import { isBusy, parseUnitStates, pauseUnit, stopUnitsCommand, unitStatesCommand } from '../../host/units.js';
import { runFolder } from '../../run-folder.js';
import type { RunState } from '../run-state.js';
import { hasEvent, parsePauseEvent, parsePauseLog, type PauseEvent } from './pause-log.js';
import { startPauseCommand, unitSeconds } from './pause-script-of.js';

/** What the script exits with. systemd-run exits 1 where it can't start it. */
const scriptCodes = [0, 3, 4, 5];

type PauseState = Pick<RunState, 'options' | 'runId' | 'signal' | 'transport'>;

/** Reads what the script of a run's pause has told so far. Nothing where it never began. */
export async function readPauseLog({
  options: { limits },
  runId,
  transport,
}: Pick<RunState, 'options' | 'runId' | 'transport'>): Promise<PauseEvent[]> {
  const command = readFileCommand({ file: `${runFolder(runId)}/events` });
  const { stdout } = await run(transport, command, { successCodes: [0, 1], timeoutMs: limits.readMs });
  return parsePauseLog(stdout);
}

async function isUnitBusy({ options: { limits }, runId, transport }: PauseState): Promise<boolean> {
  const command = unitStatesCommand({ units: [pauseUnit(runId)] });
  const { stdout } = await run(transport, command, { timeoutMs: limits.readMs });
  return parseUnitStates(stdout).some(isBusy);
}

/** What is lost with the link, or comes too slowly over it, can be asked for again. */
function isLost(error: unknown): boolean {
  return TransportError.isInstance(error) || TimeoutError.isInstance(error);
}

/** Waits until the unit is over, over a link that may come and go, and reads what it told. */
async function lookAfter(state: PauseState, forMs: number): Promise<PauseEvent[]> {
  const until = performance.now() + forMs;
  for (;;) {
    try {
      if (!(await isUnitBusy(state))) {
        const log = await readPauseLog(state);
        if (log.length > 0) return log;
        // It never began. Without its script it can't begin later either.
        await run(state.transport, removeRunFoldersCommand({ runIds: [state.runId] }), {
          timeoutMs: state.options.limits.readMs,
        });
        if (!(await isUnitBusy(state))) return await readPauseLog(state);
      }
    } catch (error) {
      if (!isLost(error) || performance.now() > until) throw error;
    }
    if (performance.now() > until) throw new CommandError(`${pauseUnit(state.runId)} did not end in time`);
    await delay(1000);
  }
}

/**
 * Runs the script of a pause as a unit of the host, and returns what it told when it is over. An
 * abort ends it at once, which resumes the guests as any other end does.
 *
 * @param tell - Called with each event as it comes.
 * @throws where the unit could not be started, or can't be reached any more.
 */
export async function runPauseUnit(state: PauseState, tell: (event: PauseEvent) => void): Promise<PauseEvent[]> {
  const { options, runId, signal, transport } = state;
  const { limits } = options;
  const maximumMs = unitSeconds(options) * 1000;
  const heard: PauseEvent[] = [];
  let stopping: Promise<unknown> | undefined;
  let failure: unknown;
  const stop = (): void => {
    const command = stopUnitsCommand({ units: [pauseUnit(runId)] });
    stopping = run(transport, command, { timeoutMs: limits.smallMs }).catch(() => undefined);
  };
  signal.throwIfAborted();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const command = startPauseCommand(options, runId);
    const timeoutMs = maximumMs + limits.smallMs;
    for await (const line of lines(transport, command, { timeoutMs, successCodes: scriptCodes })) {
      const event = parsePauseEvent(line);
      if (event === undefined) continue;
      // An abort before systemd knew the unit found nothing to stop.
      if (heard.length === 0 && signal.aborted) stop();
      heard.push(event);
      tell(event);
    }
    // What LVM says after its time is over stands in the file alone.
    if (hasEvent(heard, 'ended') && !hasEvent(heard, 'over')) return heard;
  } catch (error) {
    // What ended otherwise than by itself, has told a file. What could not be started may be
    // started yet.
    failure = error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  await stopping;
  const log = await lookAfter(state, maximumMs + limits.smallMs);
  if (log.length === 0 && failure instanceof Error && !isLost(failure)) throw failure;
  const known = new Set(heard.map(({ atMs, what, index }) => `${String(atMs)} ${what} ${String(index)}`));
  for (const event of log) {
    if (!known.has(`${String(event.atMs)} ${event.what} ${String(event.index)}`)) tell(event);
  }
  return log;
}
