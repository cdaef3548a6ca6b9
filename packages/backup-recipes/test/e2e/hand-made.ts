import { quoteWord, toShell, type Command } from '@quiesce/command';
import { zfsSetCommand, zfsSnapshotCommand } from '@quiesce/zfs';
import type { GuestRecord } from '../../src/index.js';
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
const snapshotOf = (target: string, epoch: number): string => `${target}@daily.${String(epoch)}`;

/** A folder of a target, and the script that writes to it. */
export interface HandMadeFolder {
  readonly folder: string;
  readonly source: string;
  readonly place: string;
  readonly write: (path: string) => string;
}

/** A folder with one image, of which a piece is written anew, at another place for each epoch. */
export function imagesFolder(epoch: number, mebibytes: number): HandMadeFolder {
  const words = `bs=1M count=${String(mebibytes)} seek=${String(epoch % 5)} conv=notrunc status=none`;
  const names = { folder: 'SSD.images', source: '/dev/SSD/images', place: '/srv/SSD/images' };
  return { ...names, write: (path) => `dd if=/dev/urandom of=${path}/image ${words}` };
}

/** What a run by hand writes. */
export interface HandMadeRun {
  /** The target, mounted where its name says. */
  readonly target: string;
  readonly epoch: number;
  /** The run before. */
  readonly before?: number | undefined;
  readonly guests?: readonly GuestRecord[];
  readonly folders: readonly HandMadeFolder[];
}

// A command's input is no part of what `toShell` writes.
function fed(command: Command): string {
  return command.stdin === undefined
    ? toShell(command)
    : `printf %s ${quoteWord(String(command.stdin))} | ${toShell(command)}`;
}

/**
 * Does to a target what a backup does, in the same order: as a script, since that is quicker.
 */
export function backUp({ before, epoch, folders, guests = [], target }: HandMadeRun): string {
  const place = { dataset: target, targetFolder: `/${target}` };
  const runId = runOf(epoch);
  const held = before === undefined ? undefined : runOf(before);
  const properties = snapshotProperties({ runId: held, complete: true });
  const mark = (complete: boolean): Command =>
    zfsSetCommand({ datasets: target, properties: provenanceProperties({ runId, complete }) });
  const written = folders.flatMap(({ folder, place: where, source, write }) => {
    const copied = { folder, source, place: where, runId };
    const frozen = `/${target}/${folder}`;
    return [
      fed(openFolderCommand(place, copied)),
      write(frozen),
      fed(writeManifestCommand(place, { folder, source: frozen, runId, reuse: false })),
      fed(completeFolderCommand(place, copied)),
    ];
  });
  const begun = [
    zfsSnapshotCommand({ snapshots: snapshotOf(target, epoch), properties }),
    mark(false),
    openTargetCommand(place, { runId, guests }),
  ];
  const ended = [completeTargetCommand(place, { runId }), mark(true)];
  return ['set -e', ...begun.map(fed), ...written, ...ended.map(fed), ''].join('\n');
}
