import type { FileDevice } from '../../host/file-devices.js';

/** Where a disk of a guest lies, as the kernel sees it. */
export interface DiskPlace {
  /** Number of the volume that it lies on. Undefined where it lies on none of them. */
  readonly volume: number | undefined;
  /** Whether it is the volume itself, or a device on it, and no file in its file system. */
  readonly isDevice: boolean;
}

/**
 * Tells where a disk lies. Undefined where that is not known: it is no file and no device, or not
 * there.
 */
export type DiskPlaces = (disk: string) => DiskPlace | undefined;

/**
 * Compares disks with volumes by the numbers of their devices: a disk may have any name.
 *
 * @param volumes - The paths of the volumes.
 * @param files - Devices of the volumes and the disks, by path.
 * @param below - What devices lie on, by their numbers.
 */
export function diskPlaces(
  volumes: readonly string[],
  files: ReadonlyMap<string, FileDevice>,
  below: ReadonlyMap<string, readonly string[]>,
): DiskPlaces {
  const numbers = new Map(volumes.map((path, index) => [files.get(path)?.device, index]));
  return (disk) => {
    const file = files.get(disk);
    if (file === undefined) return undefined;
    const devices = new Set([file.device]);
    // A set goes on with what is added to it meanwhile.
    for (const device of devices) for (const lower of below.get(device) ?? []) devices.add(lower);
    const volume = [...devices].map((device) => numbers.get(device)).find((index) => index !== undefined);
    return { volume, isDevice: file.isDevice };
  };
}
