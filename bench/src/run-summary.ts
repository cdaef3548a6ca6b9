import type { BackupReport } from '@quiesce/backup-recipes';

/** What was measured of one run and of rsync alone. */
export interface RunRound {
  readonly verify: 'none' | 'sampled' | 'full';
  readonly bareMs: number;
  readonly wallMs: number;
  readonly copyMs: number;
  readonly verifyMs: number;
}

/** How long a run copied and verified. */
export function copyFactsOf({ steps }: Pick<BackupReport, 'steps'>): Pick<RunRound, 'copyMs' | 'verifyMs'> {
  const of = (wanted: string): number =>
    steps.filter(({ step }) => step === wanted).reduce((sum, { durationMs }) => sum + durationMs, 0);
  return { copyMs: of('copy'), verifyMs: of('verify') };
}
