#!/bin/sh
# What the record size of a target costs: prints for each size how long it took to write an image of
# 64 MiB, what that takes up, and how large a snapshot of it is after 1 % of it was overwritten in
# pieces of 4 KiB. Needs root, ZFS and perl, and makes a pool of its own on a file in /var/tmp.
set -eu
export LC_ALL=C PATH="$PATH:/usr/sbin:/sbin"
pool=quiesce-recordsize
folder=/var/tmp/$pool
end() {
  if zpool list "$pool" >/dev/null 2>&1; then zpool destroy -f "$pool"; fi
  rm -rf --one-file-system "$folder"
}
trap end EXIT
end
mkdir -- "$folder"
truncate -s 1G "$folder/disk"
zpool create -o ashift=12 -O compression=lz4 -O atime=off -O xattr=sa -m "$folder/pool" "$pool" "$folder/disk"

# Half of it does not compress, as half-filled blocks of a database.
perl -e 'srand 1; for (1 .. 16384) { print pack("L*", map { int rand 2**32 } 1 .. 512), "\0" x 2048 }' >"$folder/image"

for size in 16K 64K 128K; do
  zfs create -o "recordsize=$size" "$pool/$size"
  copy=$folder/pool/$size/image
  began=$(date +%s%N)
  dd if="$folder/image" of="$copy" bs=1M conv=fsync status=none
  ended=$(date +%s%N)
  zpool sync "$pool"
  taken=$(zfs get -Hp -o value used "$pool/$size")
  zfs snapshot "$pool/$size@before"
  # 164 of 16384 pieces, the same for each size.
  perl -e '
    srand 2;
    open my $image, "+<", $ARGV[0] or die;
    for (1 .. 164) {
      seek $image, 4096 * int rand 16384, 0;
      print $image pack("L*", map { int rand 2**32 } 1 .. 512), "\0" x 2048;
    }
    close $image or die' "$copy"
  zpool sync "$pool"
  kept=$(zfs get -Hp -o value used "$pool/$size@before")
  echo "$size wrote_ms=$(((ended - began) / 1000000)) image_bytes=$taken snapshot_bytes=$kept"
done
