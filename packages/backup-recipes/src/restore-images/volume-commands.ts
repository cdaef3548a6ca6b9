import type { Command } from '@quiesce/command';
import { lvchangeCommand, lvcreateCommand, lvremoveCommand } from '@quiesce/lvm';
import { readImageCommand, writeVolumeCommand, type WriteVolumeOptions } from '../host/volume-image.js';
import type { Batch, NewVolume } from './batches.js';
import { restoreTag } from './volume-tag.js';

/** Makes a volume for an image, with the tag by which it is found while it is not whole. */
export function makeVolumeCommand({ group, name, sizeBytes }: NewVolume, runId: string): Command {
  return lvcreateCommand({ type: 'linear', volumeGroup: group, name, sizeBytes, tags: restoreTag(runId) });
}

/** Takes the tag off: the volume is whole. */
export function keepVolumeCommand({ device }: Pick<NewVolume, 'device'>, runId: string): Command {
  return lvchangeCommand({ volumes: device, deleteTags: restoreTag(runId) });
}

/** Removes a volume that is not whole. One without that tag is somebody else's, or whole. */
export function removeUnfinishedCommand({ device }: Pick<NewVolume, 'device'>, runId: string): Command {
  return lvremoveCommand({ volumes: device, tags: restoreTag(runId) });
}

/** What writes an image to its volume: on one host, or out of one and into another. */
export interface VolumeWriting {
  /** Undefined where both are on one host. */
  readonly read: Command | undefined;
  readonly write: Command;
}

/** The commands that write an image to its volume. */
export function volumeWriting(
  { entries, from, wrap }: Batch,
  { device, sizeBytes: wholeBytes }: NewVolume,
  isOneHost: boolean,
): VolumeWriting {
  const { name = '', sizeBytes = 0 } = entries[0] ?? {};
  const to: WriteVolumeOptions = { device, sizeBytes, restBytes: wholeBytes - sizeBytes };
  const image = `${from}/${name}`;
  if (isOneHost) return { read: undefined, write: wrap(writeVolumeCommand({ ...to, from: image })) };
  return { read: wrap(readImageCommand({ path: image })), write: writeVolumeCommand(to) };
}
