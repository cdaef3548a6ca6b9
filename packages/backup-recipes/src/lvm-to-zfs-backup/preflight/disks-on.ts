import type { LogicalVolume } from '@quiesce/lvm';
import type { DomainFacts } from '../../domains.js';
import type { Mount } from '../../host/mounts.js';
import type { VolumeNames } from '../names.js';

/** The mount that a file lies on, as far as its path tells. */
function mountOf(file: string, mounts: readonly Mount[]): Mount | undefined {
  let found: Mount | undefined;
  for (const mount of mounts) {
    const below = file.startsWith(mount.target === '/' ? '/' : `${mount.target}/`);
    if (below && mount.target.length >= (found?.target.length ?? 0)) found = mount;
  }
  return found;
}

/**
 * Numbers of the volumes that the disks of each guest lie on, by its UUID. Where that can't be told for sure of every disk, as
 * behind a symbolic link, it is all of them: a guest that does not stand still then spoils all snapshots.
 */
export function disksOn(
  domains: readonly DomainFacts[],
  volumes: readonly VolumeNames[],
  lvs: readonly LogicalVolume[],
  mounts: readonly Mount[],
): ReadonlyMap<string, readonly number[]> {
  const devices = volumes.map(({ name, path, volumeGroup }) => [
    path,
    lvs.find((one) => one.volumeGroup === volumeGroup && one.name === name)?.dmPath,
  ]);
  return new Map(
    domains.map(({ disks, uuid }) => {
      const on = disks.map((disk) => {
        const source = mountOf(disk, mounts)?.source;
        return source === undefined ? -1 : devices.findIndex((names) => names.includes(source));
      });
      const isSure = on.length > 0 && !on.includes(-1);
      return [uuid, isSure ? [...new Set(on)] : volumes.map((_, index) => index)];
    }),
  );
}
