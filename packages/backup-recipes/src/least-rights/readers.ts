import { randomBytes, randomInt } from 'node:crypto';
import { createCommand, type Command } from '@quiesce/command';
import {
  zfsGetCommand,
  zfsGetNamesCommand,
  zfsSetCommand,
  zpoolListGuidsCommand,
  zpoolStatusCommand,
  zpoolStatusTextCommand,
} from '@quiesce/zfs';
import { fileSizesCommand } from '../host/file-sizes.js';
import { mountsCommand } from '../host/mounts.js';
import { accessTo } from '../target/in-state.js';
import { checkManifestCommand, manifestPath } from '../target/manifest.js';
import { readStatesCommand } from '../target/read-states-command.js';
import { readTargetStateCommand } from '../target/target-commands.js';
import { statesOptions } from '../target/states.js';
import { verifiedProperty, verifiedText } from '../target/verified.js';
import { exactly, varying, type AllowedCommand } from './allowed.js';

/** A target, and where it is mounted. */
export interface TargetOfRights {
  readonly target: string;
  readonly targetFolder: string;
}

/** What reading the states of a target runs. */
function readingCommands({ target, targetFolder }: TargetOfRights): AllowedCommand[] {
  const states = statesOptions(target);
  return [
    zfsGetCommand(states),
    zfsGetNamesCommand(states),
    mountsCommand(),
    readStatesCommand({ dataset: target, targetFolder, snapshots: [] }),
  ].map(exactly);
}

/** What `listBackups` runs. */
export function listCommands(place: TargetOfRights): AllowedCommand[] {
  return [...readingCommands(place), exactly(fileSizesCommand({ targetFolder: place.targetFolder, files: [] }))];
}

/** Stands for what differs from run to run: texts that no name of a target has in it. */
function samplesOf(): Readonly<Record<'snapshot' | 'folder' | 'run' | 'seconds', string>> {
  const number = (): string => String(randomInt(10 ** 10, 10 ** 11));
  const unlike = randomBytes(12).toString('hex');
  const run = `${number()}-${randomBytes(4).toString('hex')}`;
  return { snapshot: `snapshot-${unlike}`, folder: `folder-${unlike}`, run, seconds: number() };
}

/** What `verifyBackup` runs, without a scrub. */
export function verifyCommands({ target, targetFolder }: TargetOfRights): AllowedCommand[] {
  const [pool = ''] = target.split('/');
  const sample = samplesOf();
  const patterns = {
    [sample.snapshot]: '[A-Za-z0-9_.: -]+',
    // A name that is `..` would lead out of the target.
    [sample.folder]: '[^/.][^/]*|[.][^/.][^/]*',
    [sample.run]: '[0-9]+-[0-9a-f]{8}',
    [sample.seconds]: '[0-9]{1,11}',
  };
  const snapshot = `${target}@${sample.snapshot}`;
  const compare = (of: string | undefined): Command => {
    const { at, wrap } = accessTo({
      snapshot: of,
      folder: of === undefined ? targetFolder : `${targetFolder}/.zfs/snapshot/${sample.snapshot}`,
    });
    const manifest = manifestPath(at, sample.folder);
    return wrap(checkManifestCommand({ folder: `${at}/${sample.folder}`, manifest, runId: sample.run }));
  };
  const mark = (name: string, outcome: 'whole' | 'partly' | 'damaged'): Command => {
    const at = new Date(Number(sample.seconds) * 1000);
    return zfsSetCommand({
      datasets: name,
      properties: { [verifiedProperty]: verifiedText(sample.run, { at, outcome }) },
    });
  };
  const outcomes = ['whole', 'partly', 'damaged'] as const;
  return [
    ...readingCommands({ target, targetFolder }),
    ...[
      readTargetStateCommand({ targetFolder }),
      zpoolStatusCommand({ pools: pool }),
      zpoolListGuidsCommand({ pools: pool }),
      zpoolStatusTextCommand({ pools: pool }),
      createCommand('zpool', ['status', '-j', '-v', '-p', '-P', '--', pool], { effect: 'read' }),
      createCommand('zpool', ['status', '-v', '-p', '-P', '--', pool], { effect: 'read' }),
    ].map(exactly),
    ...[compare(undefined), compare(snapshot)].map((command) => varying(command, patterns)),
    ...outcomes.flatMap((outcome) => [target, snapshot].map((name) => varying(mark(name, outcome), patterns))),
  ];
}
