import { run, type CallOptions, type Transport } from '@quiesce/command';
import type { DomainDefinition } from '@quiesce/virsh';
import { imageHeaderCommand, parseImageHeader } from '../host/image-header.js';
import type { ListedBackup, ListedGuest } from '../list-backups/report.js';
import { accessTo } from '../target/in-state.js';
import { backingChain } from './backing-chains.js';
import { imagesOfDisks } from './images-of-disks.js';
import type { BackingImage } from './test-definition.js';

/** What lies below the images of a guest, by their paths, and why some can't be taken. */
export interface ReadChains {
  readonly backing: ReadonlyMap<string, readonly BackingImage[]>;
  readonly problems: readonly string[];
}

/** Reads what lies below the images of a guest, by their headers. */
export async function readChains(
  transport: Transport,
  { disks }: DomainDefinition,
  { guest, state }: { readonly guest: ListedGuest; readonly state: Pick<ListedBackup, 'folder' | 'snapshot'> },
  call: CallOptions,
): Promise<ReadChains> {
  const { at, wrap } = accessTo(state);
  const { images, problems } = imagesOfDisks(disks, guest.images);
  const backing = new Map<string, readonly BackingImage[]>();
  const refused = [...problems];
  for (const [disk, image] of images) {
    const found = await backingChain(image, disk.driverType ?? 'raw', {
      images: guest.images,
      readHeader: async ({ file, folder }, format) => {
        const command = imageHeaderCommand({ path: `${at}/${folder}/${file}`, format });
        return parseImageHeader((await run(transport, wrap(command), call)).stdout);
      },
    });
    if ('problem' in found) refused.push(found.problem);
    else backing.set(image.path, found);
  }
  return { backing, problems: refused };
}
