/** A disk of the lab's machine, seen inside as `/dev/disk/by-id/virtio-<serial>`. */
export interface Disk {
  /** Its serial number, and the name of its file. */
  readonly serial: string;
  /** Its size. The file behind it takes only what is written. */
  readonly sizeGibibytes: number;
}

/** The disk with the operating system. It has to come first: the kernel is told `root=/dev/vda`. */
export const rootDisk: Disk = { serial: 'root', sizeGibibytes: 6 };

/**
 * The disks with data: two volume groups with room for the documented 10 GiB snapshot, the pool,
 * and spare ones.
 */
export const dataDisks: readonly Disk[] = [
  { serial: 'raid5-0', sizeGibibytes: 8 },
  { serial: 'raid5-1', sizeGibibytes: 8 },
  { serial: 'raid5-2', sizeGibibytes: 8 },
  { serial: 'ssd-0', sizeGibibytes: 24 },
  { serial: 'archives-0', sizeGibibytes: 8 },
  { serial: 'archives-1', sizeGibibytes: 8 },
  ...[0, 1, 2, 3].map((number) => ({ serial: `spare${number}`, sizeGibibytes: 2 })),
];

/** Every disk, in the order in which the machine has them. */
export const disks: readonly Disk[] = [rootDisk, ...dataDisks];

/** The path by which the lab's own programs find a disk. */
export function diskPath(serial: string): string {
  return `/dev/disk/by-id/virtio-${serial}`;
}
