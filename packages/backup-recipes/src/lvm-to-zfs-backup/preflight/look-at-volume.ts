import { ExitError, run, SpawnError, type CallOptions, type Transport } from '@quiesce/command';
import { blkidCommand, blkidSuccessCodes, parseBlkid, type DeviceContent } from '../../host/blkid.js';
import { dumpe2fsCommand, hasOuterJournal, unknownFeatures } from '../../host/dumpe2fs.js';
import { isExtended } from '../../host/fsck.js';

/** What is known of one volume besides the words of LVM. */
export interface VolumeLook {
  /** Undefined where the host could not be asked. */
  readonly content: DeviceContent | undefined;
  /** Features of its file system that the host's e2fsprogs don't know. */
  readonly unknownFeatures: readonly string[];
  /** Whether its file system keeps its journal on another device. */
  readonly hasOuterJournal: boolean;
}

const unremarkable = { unknownFeatures: [], hasOuterJournal: false };

/** Nothing is known. */
export const notLookedAt: VolumeLook = { content: undefined, ...unremarkable };

/** That a program is missing is told once, with all that are. */
export function unlessMissing<Value>(otherwise: Value): (error: unknown) => Value {
  return (error) => {
    if (SpawnError.isInstance(error)) return otherwise;
    throw error;
  };
}

/** Looks at what lies on a volume. */
export async function lookAtVolume(transport: Transport, device: string, call: CallOptions): Promise<VolumeLook> {
  const identify = async (): Promise<DeviceContent> =>
    parseBlkid(await run(transport, blkidCommand({ device }), { ...call, successCodes: blkidSuccessCodes }));
  try {
    const first = await identify();
    // In the moment in which a mounted file system writes its superblock, the checksum in it is
    // wrong.
    const content = first.kind === 'nothing' ? await identify() : first;
    if (content.kind !== 'content' || !isExtended(content.type)) return { content, ...unremarkable };
    const superblock = await run(transport, dumpe2fsCommand({ device }), call).catch((error: unknown) => {
      if (ExitError.isInstance(error)) return error;
      return unlessMissing({ stdout: '', stderr: '' })(error);
    });
    return { content, unknownFeatures: unknownFeatures(superblock), hasOuterJournal: hasOuterJournal(superblock) };
  } catch (error) {
    return unlessMissing(notLookedAt)(error);
  }
}
