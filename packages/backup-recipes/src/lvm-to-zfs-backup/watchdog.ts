import { CommandError, ExitError, run, TimeoutError, toShell, TransportError, type Command } from '@quiesce/command';
import { batchCommand } from '@quiesce/virsh';
import { armWatchdogCommand, disarmWatchdogCommand } from '../host/watchdog.js';
import type { DomainFacts } from './domains.js';
import { resumeCommands } from './resume.js';
import type { RunState } from './run-state.js';

// The run itself resumes first; the watchdog is for when it can't. A virsh that is told to pause can wait for half a minute
// until it does, and the run goes on trying for two and a half.
const graceSeconds: readonly number[] = [5, 45, 120, 240];

const systemdMs = 30_000;

/** Name of the timer's unit. */
export function watchdogUnit(runId: string): string {
  return `quiesce-resume-${runId}`;
}

/** The command that arms the watchdog of a run. */
export function watchdogCommand(runId: string, maximumPauseMs: number, domains: readonly DomainFacts[]): Command {
  return armWatchdogCommand({
    unit: watchdogUnit(runId),
    afterSeconds: graceSeconds.map((grace) => Math.ceil(maximumPauseMs / 1000) + grace),
    resume: batchCommand({ commands: resumeCommands(domains) }),
  });
}

/** Lets systemd on the host resume the domains if this process can't. Without it no guest is paused. */
export async function armWatchdog(
  { journal, leftovers, options, runId, transport }: RunState,
  domains: readonly DomainFacts[],
): Promise<void> {
  await journal.step('suspend', 'watchdog', async () => {
    const command = watchdogCommand(runId, options.maximumPauseMs, domains);
    await run(transport, command, { timeoutMs: systemdMs }).catch((error: unknown) => {
      const begun = TransportError.isInstance(error) ? error.started : TimeoutError.isInstance(error);
      if (begun) leaveWatchdog({ leftovers, runId });
      throw error;
    });
  });
}

// Of systemctl, for a unit that is not there.
const notLoaded = 5;

/** Takes the watchdog away. One that is left only resumes domains that run already. */
export async function disarmWatchdog({ journal, leftovers, runId, transport }: RunState): Promise<void> {
  const unit = watchdogUnit(runId);
  await run(transport, disarmWatchdogCommand({ unit }), { timeoutMs: systemdMs }).catch((error: unknown) => {
    if (ExitError.isInstance(error) && error.exitCode === notLoaded) {
      journal.problem('resume', unit, new CommandError('the watchdog on the host has resumed the guests'), false);
      return;
    }
    journal.problem('resume', unit, error, false);
    leaveWatchdog({ leftovers, runId });
  });
}

/** Leaves the watchdog on the host, to resume what could not be resumed from here. */
export function leaveWatchdog({ leftovers, runId }: Pick<RunState, 'leftovers' | 'runId'>): void {
  const unit = watchdogUnit(runId);
  leftovers.push({ kind: 'watchdog', name: unit, remedy: toShell(disarmWatchdogCommand({ unit })) });
}
