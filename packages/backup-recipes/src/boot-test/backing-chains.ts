import path from 'node:path';
import type { ImageHeader } from '../host/image-header.js';
import type { GuestImage } from '../target/guests.js';
import type { BackingImage } from './test-definition.js';

/** The image of a backup that the header of another names. */
function named(header: ImageHeader, above: GuestImage, images: readonly GuestImage[]): GuestImage | undefined {
  const { backing = '' } = header;
  const at = backing.startsWith('/') ? backing : path.posix.join(path.posix.dirname(above.path), backing);
  return images.find((image) => image.path === at);
}

/**
 * What lies below an image, down to the last. Whatever is not in the backup would be read from the
 * host, or written there, so that is refused.
 *
 * @throws a text that says why not.
 */
export async function backingChain(
  top: GuestImage,
  format: string,
  {
    images,
    readHeader,
  }: {
    readonly images: readonly GuestImage[];
    readonly readHeader: (image: GuestImage, format: string) => Promise<ImageHeader>;
  },
): Promise<readonly BackingImage[] | { readonly problem: string }> {
  const below: BackingImage[] = [];
  let [image, kind] = [top, format];
  // Nothing but a raw image is without a header.
  while (kind !== 'raw') {
    const header = await readHeader(image, kind);
    if (header.dataFile !== undefined) return { problem: `the data of ${image.path} are in ${header.dataFile}` };
    if (header.backing === undefined) break;
    const next = named(header, image, images);
    if (next === undefined) return { problem: `${image.path} needs ${header.backing}, which is not in the backup` };
    if (header.backingFormat === undefined)
      return { problem: `${image.path} does not say of what format ${next.path} is` };
    if (next === top || below.some((one) => one.image === next)) return { problem: `${next.path} lies below itself` };
    below.push({ image: next, format: header.backingFormat });
    [image, kind] = [next, header.backingFormat];
  }
  return below;
}
