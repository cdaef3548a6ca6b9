import { formatDuration, type BootReport } from '@quiesce/backup-recipes';

/** What a boot test saw, for people. */
export function bootLines({ console, durationMs, guest, runId, signMs }: BootReport): string[] {
  const started = signMs === undefined ? 'did not start' : `started in ${formatDuration(signMs)}`;
  return [
    `${guest} ${started} from run ${runId ?? 'of nobody'}, and is gone again after ${formatDuration(durationMs)}`,
    'the last that it printed:',
    ...console.slice(-3).map((line) => `  ${line}`),
  ];
}
