/** A guest of the lab. */
export interface LabGuest {
  /** Its name in libvirt. */
  readonly name: string;
  /** The logical volume that its image is on. */
  readonly volume: string;
  /** Where that volume is mounted. */
  readonly mountPoint: string;
  /** Its disk, a raw image with one file system. */
  readonly image: string;
  /** What it prints on its serial console, in a file of the lab. */
  readonly consoleLog: string;
}

function guest(name: string, volumeGroup: string, logicalVolume: string): LabGuest {
  const mountPoint = `/srv/${volumeGroup}/${logicalVolume}`;
  return {
    name,
    volume: `/dev/${volumeGroup}/${logicalVolume}`,
    mountPoint,
    image: `${mountPoint}/${name}.img`,
    consoleLog: `/var/log/libvirt/qemu/${name}.console.log`,
  };
}

/** The guests that run in every lab. `ready/set-up.sh` makes them. */
export const guests: readonly LabGuest[] = [guest('Server-Tim', 'raid5', 'VM.images'), guest('MySQL', 'SSD', 'images')];
