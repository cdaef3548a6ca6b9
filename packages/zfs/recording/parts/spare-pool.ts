/** The pool that is recorded, and the disks that it is made of. */
export const pool = 'quiesce-zfs';
const disks = '/dev/disk/by-id/virtio-spare2 /dev/disk/by-id/virtio-spare3';

/** Shell that makes the pool. */
export const createPool: string = String.raw`
  # On a busy machine the new partitions can come too late for zpool.
  for attempt in 1 2 3; do
    if zpool create -f ${pool} mirror ${disks}; then break; fi
    udevadm settle
  done
  zpool list ${pool}
`;

/** Shell that removes the pool, and all that says that the disks had one. */
export const destroyPool: string = String.raw`
  zpool destroy -f ${pool}
  rm -rf --one-file-system /${pool}
  for disk in ${disks}; do
    if [ -e "$disk-part1" ]; then wipefs -af "$disk-part1"; fi
    wipefs -af "$disk"
    udevadm settle
    blockdev --rereadpt "$disk"
  done
  udevadm settle
`;
