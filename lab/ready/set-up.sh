# Runs once, as root inside the freshly booted lab, from the folder that holds this: makes the
# volume groups, the pool and the guests' disks, and defines and starts the guests.
set -eu
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export LC_ALL=C
here=$(dirname "$(readlink -f "$0")")
disk() { echo "/dev/disk/by-id/virtio-$1"; }
step() { echo "step: $*"; }
# Nothing is written behind the back of a measurement: the inode tables are made now, not by the kernel later.
make_ext4() { mkfs.ext4 -q -E lazy_itable_init=0,lazy_journal_init=0,nodiscard "$@"; }

install -m 0755 "$here/quiesce-records" /usr/local/bin/quiesce-records

step 'volume groups raid5 and SSD'
vgcreate -qq raid5 "$(disk raid5-0)" "$(disk raid5-1)" "$(disk raid5-2)"
vgcreate -qq SSD "$(disk ssd-0)"
lvcreate -qq --yes --type raid5 --stripes 2 -L 256M -n VM.images raid5
lvcreate -qq --yes -L 256M -n images SSD
mkdir -p /srv/raid5/VM.images /srv/SSD/images
make_ext4 /dev/raid5/VM.images
make_ext4 /dev/SSD/images
cat >>/etc/fstab <<'FSTAB'
/dev/raid5/VM.images /srv/raid5/VM.images ext4 nofail,noatime 0 2
/dev/SSD/images /srv/SSD/images ext4 nofail,noatime 0 2
FSTAB
systemctl daemon-reload
mount /srv/raid5/VM.images
mount /srv/SSD/images

step 'mirrored pool archives'
zpool create archives mirror "$(disk archives-0)" "$(disk archives-1)"
zfs create -o compression=lz4 -o acltype=posix -o xattr=sa archives/backups

step 'guests'
kernel=$(uname -r)
install -d -m 0755 /var/lib/quiesce-guest
# Decompressed here once, because a guest that is emulated inside emulation takes a minute for it. The offsets are those of
# the x86 boot protocol; the last four bytes of what is compressed are its size.
number() { od -An -t "u$2" -j "$1" -N "$2" "/boot/vmlinuz-$kernel" | tr -d ' '; }
start=$((($(number 497 1) + 1) * 512 + $(number 584 4)))
payload=$(mktemp)
tail -c "+$((start + 1))" "/boot/vmlinuz-$kernel" | head -c "$(($(number 588 4) - 4))" >"$payload"
zstd -qdc "$payload" >/var/lib/quiesce-guest/vmlinux 2>/dev/null || xz -dc "$payload" >/var/lib/quiesce-guest/vmlinux
rm "$payload"
tree=$(mktemp -d)
mkdir -p "$tree/bin" "$tree/modules"
cp /bin/busybox "$tree/bin/busybox"
install -m 0755 "$here/guest-init" "$tree/init"
install -m 0755 "$here/guest-greeting" "$tree/greeting"
install -m 0755 "$here/guest-dhcp-answer" "$tree/dhcp-answer"
# ext4 needs a crc32c that modules.dep does not name, so the two that give it come first. What a kernel has built in is
# not listed: virtio_pci is in trixie's, and a module in bookworm's.
for wanted in crc32c_generic libcrc32c virtio_pci virtio_blk ext4 virtio_net af_packet; do
  modprobe --show-depends --ignore-install "$wanted" 2>/dev/null || true
done | sed -n 's/^insmod \([^ ]*\).*/\1/p' | awk '!seen[$0]++' | while read -r module; do
  name=$(basename "$module" | sed 's/\.ko.*/.ko/')
  case $module in
    *.xz) xz -dc "$module" >"$tree/modules/$name" ;;
    *.zst) zstd -qdc "$module" >"$tree/modules/$name" ;;
    *) cp "$module" "$tree/modules/$name" ;;
  esac
  echo "$name" >>"$tree/modules/order"
done
(cd "$tree" && find . | cpio --quiet -o -H newc) >/var/lib/quiesce-guest/initramfs
chmod 0644 /var/lib/quiesce-guest/*
rm -rf "$tree"

# QEMU emulates a processor that can run guests itself: many times faster than emulation inside emulation.
if [ -c /dev/kvm ]; then
  guest_type=kvm
  install -m 0755 "$here/hold-kvm" /usr/local/bin/hold-kvm
  systemd-run --quiet --unit=hold-kvm /usr/local/bin/hold-kvm
else
  guest_type=qemu
fi
# Without its watchdogs a guest that has nothing to do costs less.
guest_arguments='console=ttyS0 loglevel=5 mitigations=off nokaslr audit=0 nowatchdog tsc=reliable panic=-1 rdinit=/init'
define_guest() {
  name=$1 folder=$2
  content=$(mktemp -d)
  # Incompressible, so that compression on the pool cannot hide what was copied.
  head -c 40M /dev/urandom >"$content/static"
  truncate -s 64M "$folder/$name.img"
  make_ext4 -O ^orphan_file -d "$content" "$folder/$name.img"
  rm -rf "$content"
  cat >"/tmp/$name.xml" <<XML
<domain type='$guest_type'>
  <name>$name</name>
  <memory unit='MiB'>160</memory>
  <vcpu>1</vcpu>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
    <kernel>/var/lib/quiesce-guest/vmlinux</kernel>
    <initrd>/var/lib/quiesce-guest/initramfs</initrd>
    <cmdline>$guest_arguments</cmdline>
  </os>
  <features><acpi/></features>
  <!-- Its timer would wake QEMU two hundred times a second: seven times the processor's time of a guest without one. -->
  <clock offset='utc'><timer name='hpet' present='no'/></clock>
  <on_reboot>destroy</on_reboot>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' type='raw'/>
      <source file='$folder/$name.img'/>
      <target dev='vda' bus='virtio'/>
    </disk>
    <serial type='file'><source path='/var/log/libvirt/qemu/$name.console.log'/></serial>
    <console type='file'><source path='/var/log/libvirt/qemu/$name.console.log'/></console>
    <memballoon model='none'/>
  </devices>
</domain>
XML
  virsh --quiet define "/tmp/$name.xml"
  rm "/tmp/$name.xml"
  virsh --quiet start "$name"
}
define_guest Server-Tim /srv/raid5/VM.images
define_guest MySQL /srv/SSD/images
# A volume is more than its images: a second name of one file, and a file that never changes.
for folder in /srv/raid5/VM.images /srv/SSD/images; do
  echo "Images of running guests; see virsh list." >"$folder/README"
  ln "$folder/README" "$folder/README.again"
done

# Every lab starts from what is saved, so nothing may be half-done in it.
step 'RAID5 in sync'
until [ "$(lvs --noheadings -o sync_percent raid5/VM.images | tr -d ' ')" = 100.00 ]; do sleep 1; done
