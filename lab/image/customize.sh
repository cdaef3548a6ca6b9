# Turns Debian's packages into the lab's machine. mmdebstrap runs it with the root of the new system as its argument,
# after it has copied files/ and the keys there.
set -eu
root=$1

chown -R 0:0 "$root/etc/systemd" "$root/etc/ssh" "$root/etc/sudoers.d" "$root/etc/modprobe.d" "$root/root/.ssh"
# Whatever umask the files were checked out with.
chmod 0755 "$root" "$root/etc" "$root/etc/ssh" "$root/etc/sudoers.d"
chmod -R u=rwX,go=rX "$root/etc/systemd" "$root/etc/ssh/sshd_config.d" "$root/etc/modprobe.d"
chmod 0440 "$root/etc/sudoers.d/operator"
chmod 0600 "$root/etc/ssh/ssh_host_ed25519_key"
chmod 0700 "$root/root" "$root/root/.ssh"
chmod 0600 "$root/root/.ssh/authorized_keys"
find "$root/etc/ssh" -name 'ssh_host_*' ! -name 'ssh_host_ed25519_key*' -delete

# Newer OpenSSH shuts out an address after failed logins; here every client has the same address.
if grep -q '^VERSION_CODENAME=bookworm' "$root/etc/os-release"; then :; else
  echo 'PerSourcePenalties no' >>"$root/etc/ssh/sshd_config.d/quiesce-lab.conf"
fi

echo quiesce-lab >"$root/etc/hostname"
printf '127.0.0.1\tlocalhost\n127.0.1.1\tquiesce-lab\n' >"$root/etc/hosts"
printf '/dev/vda / ext4 noatime,errors=remount-ro 0 1\n' >"$root/etc/fstab"
: >"$root/etc/machine-id"
rm -f "$root"/etc/update-motd.d/* "$root/etc/motd" "$root/etc/resolv.conf"

# A login would start a service manager for its user: five seconds under software emulation, again and again.
sed -i '/pam_systemd\.so/d' "$root/etc/pam.d/common-session"

# Debian has a group `operator` already, but no such user.
chroot "$root" useradd --create-home --shell /bin/bash --gid operator operator
chroot "$root" useradd --create-home --shell /bin/bash --user-group nosudo
for user in operator nosudo; do
  install -d -m 0700 "$root/home/$user/.ssh"
  install -m 0600 "$root/root/.ssh/authorized_keys" "$root/home/$user/.ssh/authorized_keys"
  chroot "$root" chown -R "$user:" "/home/$user/.ssh"
done

# The slowest units of a boot under software emulation (udev settle alone took 13 s), and the jobs of a machine that
# lives for weeks: they would all start at once when a restored machine's clock is set forward.
for unit in \
  zfs-load-module.service systemd-udev-settle.service zfs-import-cache.service zfs-import-scan.service \
  zfs-mount.service zfs-share.service zfs-zed.service zfs-volume-wait.service \
  systemd-networkd-wait-online.service libvirt-guests.service e2scrub_reap.service \
  apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer fstrim.timer \
  logrotate.timer man-db.timer systemd-tmpfiles-clean.timer motd-news.timer
do
  ln -sf /dev/null "$root/etc/systemd/system/$unit"
done
chroot "$root" systemctl --quiet enable quiesce-zfs.service systemd-networkd.service ssh.service
rm -rf "$root"/var/cache/apt/*.bin "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
