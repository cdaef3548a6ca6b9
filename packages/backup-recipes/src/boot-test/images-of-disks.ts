import type { DomainDisk } from '@quiesce/virsh';
import type { GuestImage } from '../target/guests.js';

/** Which image in a backup each disk of a guest is on. */
export interface ImagesOfDisks {
  /** Disks whose image is not in the backup, or not known, are not in it. */
  readonly images: ReadonlyMap<DomainDisk, GuestImage>;
  /** Disks of which it can't be told which image they are on. */
  readonly problems: readonly string[];
}

/**
 * Finds the image of each disk. Of a volume of a storage pool the definition tells no path, so its
 * image goes by its name alone. Where two may be meant, none is: a guest that starts from the disk
 * of another would look as if it were well.
 */
export function imagesOfDisks(disks: readonly DomainDisk[], images: readonly GuestImage[]): ImagesOfDisks {
  const found = new Map<DomainDisk, GuestImage>();
  const problems: string[] = [];
  const ofPools: DomainDisk[] = [];
  for (const disk of disks.filter(({ device }) => device === 'disk')) {
    const { source } = disk;
    const image = source.kind === 'file' ? images.find(({ path }) => path === source.file) : undefined;
    if (image !== undefined) found.set(disk, image);
    if (source.kind === 'volume') ofPools.push(disk);
  }
  const taken = new Set(found.values());
  const nameOf = ({ source }: DomainDisk): string => (source.kind === 'volume' ? source.volume : '');
  for (const disk of ofPools) {
    const name = nameOf(disk);
    const matching = images.filter((image) => !taken.has(image) && image.path.endsWith(`/${name}`));
    const [image] = matching;
    if (image === undefined) continue;
    const rivals = ofPools.filter((other) => other !== disk && `/${nameOf(other)}`.endsWith(`/${name}`));
    if (matching.length === 1 && rivals.length === 0) {
      found.set(disk, image);
      continue;
    }
    const paths = matching.map(({ path }) => path).join(', ');
    const others = rivals.map(({ target }) => ` and of ${target}`).join('');
    problems.push(
      `its disk ${disk.target} is the volume ${name} of a storage pool, and it is not known which image is that of ${disk.target}${others} (${paths}): give its volumes names that differ, or define the disk by its path (virsh edit)`,
    );
  }
  return { images: found, problems };
}
