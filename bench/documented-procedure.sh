#!/bin/sh
# The procedure that lvmToZfsBackup is measured against: guests' images on LVM, copied to ZFS by way
# of an LVM snapshot. After
# https://blog.night-shade.org.uk/2013/03/backing-up-and-archiving-with-zfs-snapshots/, in our own
# words: the same commands in the same order with the same flags and sleeps. As there, it goes on
# after a command that failed, and words are split on purpose.
# shellcheck disable=SC2086

# Guests that are told to flush and are paused while the snapshots are made.
guests=${GUESTS:-Server-Tim MySQL}
# Logical volumes that the guests' images are on.
volumes=${VOLUMES:-/dev/SSD/images /dev/raid5/VM.images}
# ZFS dataset that the copies go to, mounted at its default place.
target=${TARGET:-archives/backups}
# Where the LVM snapshots are mounted meanwhile.
mount_root=${MOUNT_ROOT:-/run/backup}
# Folder of the host that is copied at the end. The benchmark says /etc, for both sides.
host_root=${HOST_ROOT:-/}

epoch=$(date +%s)

# Alt+SysRq+S makes a guest's kernel write out its buffers. A second later it is paused.
for guest in $guests; do
  virsh send-key $guest KEY_LEFTALT KEY_SYSRQ KEY_S
  sleep 1
  sync
  virsh suspend $guest
done

for volume in $volumes; do
  /sbin/lvm lvcreate --quiet -L 10G --chunksize 512k -s -n "$(basename $volume).$epoch" $volume
done

for guest in $guests; do
  virsh resume $guest
done

# It keeps what the target holds now, that is: what the run before this one copied.
/sbin/zfs snapshot "$target@daily.$epoch"

for volume in $volumes; do
  # /dev/SSD/images is copied to the folder SSD.images.
  folder=$(echo $volume | sed -e 's,^/dev/,,g' -e 's,/,.,g')
  mkdir -p "$mount_root/$epoch/$folder"
  /sbin/fsck -p "$volume.$epoch"
  if ! mount -o ro "$volume.$epoch" "$mount_root/$epoch/$folder"; then
    echo "$volume.$epoch could not be mounted"
  else
    # Only changed blocks are written, and where they are: that keeps the ZFS snapshots small.
    /usr/bin/rsync -axH --no-whole-file --inplace --delete "$mount_root/$epoch/$folder/" "/$target/$folder/"
  fi
  sleep 10
  sync
  umount "$volume.$epoch"
  sleep 10
  sync
  /sbin/lvm lvremove --quiet --force "$volume.$epoch"
  rmdir "$mount_root/$epoch/$folder"
done

# The slash at the end: what is in the folder, not the folder. The first run of a new target makes
# root/.
/usr/bin/rsync -axH --no-whole-file --inplace --delete "${host_root%/}/" "/$target/root/"
