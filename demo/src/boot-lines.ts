import { BootTestFailedError, formatDuration, type BootReport } from '@quiesce/backup-recipes';

/** What a boot test saw, for people. */
export function bootLines({ console, durationMs, guest, runId, signMs }: BootReport): string[] {
  const started = signMs === undefined ? 'did not start' : `started in ${formatDuration(signMs)}`;
  return [
    `${guest} ${started} from run ${runId ?? 'of nobody'}, and is gone again after ${formatDuration(durationMs)}`,
    'the last that it printed:',
    ...console.slice(-3).map((line) => `  ${line}`),
  ];
}

const attempts = 4;

/**
 * Starts a guest, and again where it died before its kernel had a console. Guests of the lab run on
 * an emulated processor's virtualization, where one in some does: see decision 0009.
 */
export async function startFromBackup(
  start: () => Promise<BootReport>,
  print: (line: string) => void,
): Promise<BootReport> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start();
    } catch (error) {
      const { console, ended } = BootTestFailedError.isInstance(error) ? error.report : {};
      if (attempt === attempts || ended !== 'guest-ended' || console?.length !== 0) throw error;
      print('the emulated machine has lost it before it printed anything: once more');
    }
  }
}
