import process from 'node:process';
import { findLab } from './find-lab.js';
import { installMissingPackages } from './host-packages.js';
import type { Lab } from './lab.js';
import { startLab, type StartLabOptions } from './start-lab.js';

/**
 * The lab that the environment's `QUIESCE_LAB` names, which runs already and stays when it is
 * disposed of; else a new one. As root, packages that this needs are installed.
 *
 * @throws {@link MissingPackagesError}
 */
export async function useLab(options: Omit<StartLabOptions, 'name'>): Promise<Lab> {
  const name = process.env['QUIESCE_LAB'] ?? '';
  if (name === '') {
    await installMissingPackages(options);
    return startLab(options);
  }
  const lab = await findLab(name);
  if (lab === undefined) {
    throw new Error(`QUIESCE_LAB names ${name}, but no such lab runs. To start it: npm run lab -- up --name ${name}`);
  }
  const leave = (): Promise<void> => lab.transport.close();
  return { ...lab, stop: leave, [Symbol.asyncDispose]: leave };
}
