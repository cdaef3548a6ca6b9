import { createCommand, toShell, type Command } from '@quiesce/command';
import { zfsSetCommand, zfsSnapshotCommand } from '@quiesce/zfs';
import { writeManifestCommand } from '../../src/target/manifest.js';
import { provenanceProperties, snapshotProperties } from '../../src/target/provenance.js';
import {
  completeFolderCommand,
  completeTargetCommand,
  openFolderCommand,
  openTargetCommand,
} from '../../src/target/target-commands.js';

/** A script that makes a pool on a file. */
export const makePool = (pool: string): string => `
  mkdir -p /var/tmp/${pool}
  truncate -s 512M /var/tmp/${pool}/disk
  zpool create -O compression=lz4 -O atime=off ${pool} /var/tmp/${pool}/disk`;

/** A script that removes it, and all that is on it. */
export const removePool = (pool: string): string => `
  if zpool list ${pool} >/dev/null 2>&1; then zpool destroy -f ${pool}; fi
  rm -rf --one-file-system /var/tmp/${pool}
  if [ -d /${pool} ]; then rm -rf --one-file-system /${pool}; fi`;

/** The id of a run that began then. */
export const runOf = (epoch: number): string => `${String(epoch)}-0badf00d`;

/** The snapshot that a run takes before it writes. */
export const snapshotOf = (target: string, epoch: number): string => `${target}@daily.${String(epoch)}`;

/** What a target is a copy of that no guest's images are in. */
export const imagesFolder = { folder: 'SSD.images', source: '/dev/SSD/images', place: '/srv/SSD/images' };

/** What a run by hand writes. */
export interface HandMadeRun {
  /** The target, mounted where its name says. */
  readonly target: string;
  readonly epoch: number;
  /** The run before. */
  readonly before?: number | undefined;
  /** How large a piece of the one image is written anew, at another place for each epoch. */
  readonly mebibytes?: number;
}

/**
 * Does to a target what a backup does, in the same order: as a script, since that is quicker. Its
 * one image is `SSD.images/image`.
 */
export function backUp({ before, epoch, mebibytes = 4, target }: HandMadeRun): string {
  const place = { dataset: target, targetFolder: `/${target}` };
  const runId = runOf(epoch);
  const held = before === undefined ? undefined : runOf(before);
  const properties = snapshotProperties({ runId: held, complete: true });
  const mark = (complete: boolean): Command =>
    zfsSetCommand({ datasets: target, properties: provenanceProperties({ runId, complete }) });
  const { folder } = imagesFolder;
  const frozen = `/${target}/${folder}`;
  const commands = [
    zfsSnapshotCommand({ snapshots: snapshotOf(target, epoch), properties }),
    mark(false),
    openTargetCommand(place, { runId, guests: [] }),
    openFolderCommand(place, { ...imagesFolder, runId }),
    createCommand('dd', [
      ...['if=/dev/urandom', `of=${frozen}/image`, 'bs=1M', `count=${String(mebibytes)}`, `seek=${String(epoch % 5)}`],
      ...['conv=notrunc', 'status=none'],
    ]),
    writeManifestCommand(place, { folder, source: frozen, runId, reuse: false }),
    completeFolderCommand(place, { ...imagesFolder, runId }),
    completeTargetCommand(place, { runId }),
    mark(true),
  ];
  return ['set -e', ...commands.map((command) => toShell(command)), ''].join('\n');
}
