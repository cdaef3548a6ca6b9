import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { lvmToZfsBackup } from '@quiesce/backup-recipes';
import { createCommand, run } from '@quiesce/command';
import type { Lab } from '@quiesce/lab';
import { domains, hostRoot, target, volumes } from './settings.js';

/** Which of the two is meant. */
export type SideName = 'script' | 'quiesce';

/** One of the two ways to do the same backup. */
export interface Side {
  readonly name: SideName;
  /** What needs no time on a host that does this every night, as putting a script in its place. */
  prepare(lab: Lab, signal: AbortSignal): Promise<void>;
  /** The backup. */
  backup(lab: Lab, signal: AbortSignal): Promise<void>;
}

const script = path.join(import.meta.dirname, '..', 'documented-procedure.sh');
const scriptInLab = '/run/documented-procedure.sh';

const scriptSide: Side = {
  name: 'script',
  prepare: async ({ transport }, signal) => {
    const stdin = await readFile(script);
    await run(transport, createCommand('dd', ['status=none', `of=${scriptInLab}`], { stdin }), { signal });
  },
  backup: async ({ transport }, signal) => {
    const env = {
      GUESTS: domains.join(' '),
      VOLUMES: volumes.join(' '),
      TARGET: target,
      MOUNT_ROOT: '/run/backup',
      HOST_ROOT: hostRoot,
    };
    await run(transport, createCommand('sh', [scriptInLab], { env }), { signal });
  },
};

const quiesceSide: Side = {
  name: 'quiesce',
  prepare: () => Promise.resolve(),
  backup: async ({ transport }, signal) => {
    await lvmToZfsBackup({ domains, volumes, target, hostRoot: { source: hostRoot }, transport }).run({ signal });
  },
};

/** Both sides, in the order of a round: it alternates. */
export function sidesOfRound(round: number): readonly Side[] {
  return round % 2 === 1 ? [scriptSide, quiesceSide] : [quiesceSide, scriptSide];
}
