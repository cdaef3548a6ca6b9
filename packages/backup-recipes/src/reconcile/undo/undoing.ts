import type { Transport } from '@quiesce/command';
import { pauseUnit, resumeUnit } from '../../host/units.js';
import type { Finding } from '../finding.js';
import type { ReconcileStep } from '../report.js';

/** Does one step that must not stop the others. Resolves to what it threw, as it is noted. */
export type Attempt = (
  step: ReconcileStep,
  subject: string,
  body: () => Promise<void>,
) => Promise<{ readonly error: unknown } | undefined>;

/** Something that could not be undone, and why. */
export interface LeftFinding {
  readonly finding: Finding;
  readonly error: unknown;
}

/** What the undoing of everything shares. */
export class Undoing {
  readonly undone: Finding[] = [];
  readonly left: LeftFinding[] = [];

  constructor(
    readonly transport: Transport,
    readonly signal: AbortSignal,
    private readonly attempt: Attempt,
  ) {}

  /** Undoes one thing, and keeps how that ended. */
  async undo(step: ReconcileStep, finding: Finding, body: () => Promise<void>): Promise<void> {
    const failure = await this.attempt(step, finding.name, async () => {
      this.signal.throwIfAborted();
      await body();
    });
    if (failure === undefined) this.undone.push(finding);
    else this.left.push({ finding, error: failure.error });
  }

  /** Whether something of a run is left that needs its folder: a unit that reads its script. */
  isBusy(runId: string): boolean {
    const units = [pauseUnit(runId), resumeUnit(runId)];
    return this.left.some(
      ({ finding }) => units.includes(finding.name) || (finding.kind === 'restore' && finding.runId === runId),
    );
  }
}
