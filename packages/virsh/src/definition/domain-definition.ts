/** A domain's definition as {@link Virsh.dumpxml} returns it. */
export interface DomainDefinition {
  readonly name: string;
  readonly uuid: string;
  /** Number of the running domain. Undefined in the definition of one that does not run. */
  readonly id: number | undefined;
  /** Kind of virtualization, as `kvm` or `qemu`. */
  readonly type: string;
  readonly title: string | undefined;
  readonly description: string | undefined;
  /** Most memory that it can have, in bytes. */
  readonly memoryBytes: number | undefined;
  /** Most virtual processors that it can have. */
  readonly vcpus: number | undefined;
  /** Processor architecture, as `x86_64`. */
  readonly architecture: string | undefined;
  /** Machine type, as `pc-q35-10.0`. */
  readonly machine: string | undefined;
  /** Its disks, drives included that hold no medium. */
  readonly disks: readonly DomainDisk[];
  /** The whole definition as libvirt wrote it. */
  readonly xml: string;
}

/** One disk or drive of a domain. */
export interface DomainDisk {
  /** What the definition calls it, as `vda`. The guest may call it otherwise. */
  readonly target: string;
  /** What the guest sees: a `lun` is a SCSI disk passed through. */
  readonly device: 'disk' | 'cdrom' | 'floppy' | 'lun';
  /** Bus that it is attached to, as `virtio`. */
  readonly bus: string | undefined;
  /** Where its image is: with a `dataFile` that holds only what lies where. */
  readonly source: DiskSource;
  /** Where its data is, if not in `source`: the external data file of a qcow2 image. */
  readonly dataFile: DiskSource | undefined;
  /**
   * The images below its own, that of the one above first, each followed by its data file if it has
   * one: what is not in its own image is read from them. Empty also where the definition does not
   * tell, as that of a domain that does not run mostly doesn't.
   */
  readonly backing: readonly DiskSource[];
  /** Format of its data, as `raw` or `qcow2`. */
  readonly driverType: string | undefined;
  /** Whether the guest can't write to it. */
  readonly readonly: boolean;
  /** Whether other domains may write to it too. */
  readonly shareable: boolean;
  /** Serial number that the guest sees. */
  readonly serial: string | undefined;
}

/**
 * Where a disk's data is: an image file, a block device, a folder shown as a disk, on the network,
 * a volume of a storage pool, nowhere (an empty drive), or something else, with libvirt's own word
 * for it.
 */
export type DiskSource =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'block'; readonly device: string }
  | { readonly kind: 'directory'; readonly directory: string }
  | { readonly kind: 'network'; readonly protocol: string; readonly name: string | undefined }
  | { readonly kind: 'volume'; readonly pool: string; readonly volume: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'other'; readonly type: string };
