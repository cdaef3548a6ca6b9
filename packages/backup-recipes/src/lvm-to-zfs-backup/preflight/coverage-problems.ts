import type { DomainFacts, KnownDomain } from '../../domains.js';
import type { PreflightProblem } from '../../preflight-error.js';
import type { ResolvedOptions } from '../options/resolve-options.js';
import type { DiskPlaces } from './disk-places.js';
import type { PreflightWarning } from './host-facts.js';

function uncovered(disk: string, placeOf: DiskPlaces): string[] {
  if (!disk.startsWith('/')) return [`a disk whose definition names no file and no device (${disk})`];
  const place = placeOf(disk);
  if (place === undefined) return [`${disk}, which is not there`];
  return place.volume === undefined ? [disk] : [];
}

/** Disks of a guest that no volume of the run holds, in words. */
export function uncoveredDisksProblem({ disks }: DomainFacts, placeOf: DiskPlaces): string | undefined {
  const left = disks.flatMap((disk) => uncovered(disk, placeOf));
  if (left.length === 0) return undefined;
  const remedy = "give the volumes that they lie on too, or run with uncoveredDisks: 'allow'";
  return `it has disks on none of the volumes, which would be in no backup: ${left.join(', ')}: ${remedy}`;
}

/** Guests that go on writing to images on the volumes while the snapshots are made. */
export function* unlistedGuestsProblems(
  { volumes }: Pick<ResolvedOptions, 'volumes'>,
  known: readonly KnownDomain[],
  listed: readonly KnownDomain[],
  placeOf: DiskPlaces,
): Generator<PreflightProblem> {
  for (const { disks, isActive, name, uuid } of known) {
    if (!isActive || listed.some((domain) => domain.uuid === uuid)) continue;
    const images = disks.flatMap((disk) => {
      const { isDevice, volume = -1 } = placeOf(disk) ?? {};
      const on = volumes[volume];
      return on === undefined || isDevice === true ? [] : [`${disk} on /dev/${on.volumeGroup}/${on.name}`];
    });
    if (images.length === 0) continue;
    const problem = `it runs or is paused, has ${images.join(', ')}, and is not in the list: list it, or run with unlistedGuests: 'allow'`;
    yield { option: 'domains', value: name, problem };
  }
}

/**
 * Guests that may go on writing to images on the volumes: where a disk of theirs lies is not known.
 */
export function* unlistedGuestsWarnings(
  known: readonly KnownDomain[],
  listed: readonly KnownDomain[],
): Generator<PreflightWarning> {
  for (const { disks, isActive, name, uuid } of known) {
    const isUnknown = disks.includes('volume') || disks.includes('unknown');
    if (!isActive || !isUnknown || listed.some((domain) => domain.uuid === uuid)) continue;
    const message = `it runs or is paused, is not in the list, and where its disks lie is not known: an image on one of the volumes would be copied while it is written to`;
    yield { subject: name, message };
  }
}
