import type { DomainFacts } from '../../domains.js';
import type { FileDevice } from '../../host/file-devices.js';
import { mountOf, type Mount } from '../../host/mounts.js';
import type { DiskPlaces } from './disk-places.js';

/**
 * Numbers of the volumes that the disks of each guest lie on, by its UUID. Where that is not known
 * of every disk it is all of them: a guest that does not stand still then spoils all snapshots.
 */
export function disksOn(
  domains: readonly DomainFacts[],
  volumes: readonly unknown[],
  placeOf: DiskPlaces,
): ReadonlyMap<string, readonly number[]> {
  return new Map(
    domains.map(({ disks, uuid }) => {
      const places = disks.map(placeOf);
      const on = places.flatMap((place) => place?.volume ?? []);
      const isSure = on.length > 0 && !places.includes(undefined);
      return [uuid, isSure ? [...new Set(on)] : volumes.map((_, index) => index)];
    }),
  );
}

/** Where a volume is mounted. Undefined where it is not, or something covers it. */
export function mountPointOf(
  volume: string,
  files: ReadonlyMap<string, FileDevice>,
  mounts: readonly Mount[],
): string | undefined {
  const device = files.get(volume)?.device;
  // What is covered can't be reached.
  return mounts.find((mount) => mount.device === device && mountOf(mount.target, mounts) === mount)?.target;
}
