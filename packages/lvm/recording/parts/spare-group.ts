/** The group that is recorded, and the disks that it is made of. */
export const group = 'quiesce-lvm';
const disks = '/dev/disk/by-id/virtio-spare0 /dev/disk/by-id/virtio-spare1';
const mountPoint = '/run/quiesce-lvm';

/** Shell that makes the group with an origin, a snapshot of it, and a plain volume. */
export const createGroup: string = String.raw`
  export LVM_SUPPRESS_FD_WARNINGS=1
  vgcreate -qq --addtag grp.tag ${group} ${disks}
  lvcreate -qq --yes -L 32M -n origin-a --addtag b --addtag own:er ${group} /dev/disk/by-id/virtio-spare0
  lvcreate -qq --yes -L 8M -n cow.1 --addtag quiesce.run=2 ${group} /dev/disk/by-id/virtio-spare0
  mkfs.ext4 -q /dev/${group}/origin-a
  lvcreate -qq --yes --snapshot -L 8M --chunksize 512k -n snap.1 \
    --addtag quiesce.run=1 --addtag x/y=z ${group}/origin-a
  mkdir -p ${mountPoint}
`;

/** Shell that mounts a volume of the group, or puts it off again. */
export const mount = (volume: string): string => `mount -o ro,noload /dev/${group}/${volume} ${mountPoint}`;
export const unmount: string = String.raw`umount ${mountPoint}`;

/** Shell that holds the group's lock until {@link releaseLock}. */
export const takeLock: string = String.raw`
  flock /run/lock/lvm/V_${group} sh -c 'echo held >lock.state; exec sleep 600' >/dev/null 2>&1 &
  until [ -e lock.state ]; do sleep 0.1; done
`;
export const releaseLock: string = String.raw`fuser -s -k /run/lock/lvm/V_${group}`;

/** Shell that removes the group. */
export const removeGroup: string = String.raw`
  export LVM_SUPPRESS_FD_WARNINGS=1
  ${releaseLock}
  ${unmount}
  rmdir ${mountPoint}
  vgremove -qq -y ${group}
  pvremove -qq -y ${disks}
`;
