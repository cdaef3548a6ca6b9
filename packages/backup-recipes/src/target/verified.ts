/** What comparing a state with its checksums came to. */
export interface VerifiedState {
  readonly at: Date;
  /** `partly`: of some volumes no checksums were kept, and all others are whole. */
  readonly outcome: 'whole' | 'partly' | 'damaged';
}

/** The property that tells when a state was compared with its checksums, and what came of it. */
export const verifiedProperty = 'quiesce:verified';

/** Its value: the run whose data that were, too, since those of a dataset go on changing. */
export function verifiedText(runId: string, { at, outcome }: VerifiedState): string {
  return `${runId} ${String(Math.floor(at.getTime() / 1000))} ${outcome}`;
}

/** Reads that, where it was said of the run whose data is there. */
export function parseVerified(text: string | undefined, runId: string | undefined): VerifiedState | undefined {
  const { outcome, run, seconds } =
    /^(?<run>\S+) (?<seconds>\d{1,11}) (?<outcome>whole|partly|damaged)$/.exec(text ?? '')?.groups ?? {};
  if (run === undefined || run !== runId) return undefined;
  return { at: new Date(Number(seconds) * 1000), outcome: outcome as VerifiedState['outcome'] };
}
