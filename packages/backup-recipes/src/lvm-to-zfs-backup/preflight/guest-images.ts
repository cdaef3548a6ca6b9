import path from 'node:path';
import { ExitError, run, type CallOptions, type Transport } from '@quiesce/command';
import type { KnownDomain } from '../../domains.js';
import type { FileDevice } from '../../host/file-devices.js';
import { mountOf, type Mount } from '../../host/mounts.js';
import { parseRealPaths, realPathsCommand } from '../../host/real-paths.js';
import type { GuestImage, GuestRecord } from '../../target/guests.js';
import type { DiskPlaces } from './disk-places.js';
import type { VolumeFacts } from './host-facts.js';

/** What is known of where images lie. */
export interface ImagePlaces {
  readonly volumes: readonly Pick<VolumeFacts, 'path' | 'folderName'>[];
  readonly files: ReadonlyMap<string, FileDevice>;
  readonly mounts: readonly Mount[];
  readonly placeOf: DiskPlaces;
}

/**
 * The path of a file in the file system of the volume that it lies on. Undefined where its words
 * lead to another file system.
 */
function insideOf(file: string, device: string | undefined, mounts: readonly Mount[]): string | undefined {
  const mount = mountOf(file, mounts);
  if (mount === undefined || mount.device !== device) return undefined;
  return path.posix.join(mount.root, path.posix.relative(mount.target, file)).slice(1);
}

/** Guests whose images lie on the volumes as files, with the paths of these in the volumes. */
export async function readGuestImages(
  transport: Transport,
  known: readonly KnownDomain[],
  { files, mounts, placeOf, volumes }: ImagePlaces,
  call: CallOptions,
): Promise<GuestRecord[]> {
  const onVolumes = known.map(({ disks, ...domain }) => ({
    ...domain,
    images: disks.flatMap((disk) => {
      const { isDevice, volume } = placeOf(disk) ?? {};
      const on = isDevice === false && volume !== undefined ? volumes[volume] : undefined;
      return on === undefined ? [] : [{ disk, on, file: insideOf(disk, files.get(on.path)?.device, mounts) }];
    }),
  }));
  const linked = onVolumes.flatMap(({ images }) =>
    images.flatMap(({ disk, file }) => (file === undefined ? disk : [])),
  );
  // A link that goes away in this moment is told of by no name.
  const real =
    linked.length === 0
      ? new Map<string, string>()
      : await run(transport, realPathsCommand({ paths: linked }), call).then(
          ({ stdout }) => parseRealPaths(stdout, linked),
          (error: unknown) => {
            if (!ExitError.isInstance(error)) throw error;
            return new Map<string, string>();
          },
        );
  return onVolumes.flatMap(({ definition, images, name, uuid }): GuestRecord[] => {
    const found = images.flatMap(({ disk, file, on }): GuestImage[] => {
      const inside = file ?? insideOf(real.get(disk) ?? disk, files.get(on.path)?.device, mounts);
      return inside === undefined ? [] : [{ path: disk, folder: on.folderName, file: inside }];
    });
    return found.length === 0 || definition === undefined ? [] : [{ name, uuid, definition, images: found }];
  });
}
