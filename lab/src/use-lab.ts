import process from 'node:process';
import { findLab } from './find-lab.js';
import { installMissingPackages } from './host-packages.js';
import type { Lab } from './lab.js';
import { startLab, type StartLabOptions } from './start-lab.js';

/**
 * The lab that the environment's `QUIESCE_LAB` names, which runs already and stays when it is
 * disposed of; else a new one. For tests that need two, `QUIESCE_SECOND_LAB` names the other.
 * As root, packages that this needs are installed.
 *
 * @throws {@link MissingPackagesError}
 */
export async function useLab(
  options: Omit<StartLabOptions, 'name'>,
  variable: 'QUIESCE_LAB' | 'QUIESCE_SECOND_LAB' = 'QUIESCE_LAB',
): Promise<Lab> {
  const name = process.env[variable] ?? '';
  if (name === '') {
    await installMissingPackages(options);
    return startLab(options);
  }
  const lab = await findLab(name);
  if (lab === undefined) {
    throw new Error(`${variable} names ${name}, but no such lab runs. To start it: npm run lab -- up --name ${name}`);
  }
  const leave = (): Promise<void> => lab.transport.close();
  return { ...lab, stop: leave, [Symbol.asyncDispose]: leave };
}
