/** A Debian release that the lab can be built from. */
export type Release = 'trixie' | 'bookworm';

/** All of them, the default first. */
export const releases: readonly Release[] = ['trixie', 'bookworm'];

/** The release that is used when none is named. */
export const defaultRelease: Release = 'trixie';

/** Whether a word names a release. */
export function isRelease(word: string): word is Release {
  return (releases as readonly string[]).includes(word);
}

const everywhere = [
  ...['systemd-sysv', 'udev', 'dbus', 'openssh-server', 'iproute2', 'kmod', 'procps', 'psmisc', 'sudo', 'acl', 'attr'],
  ...['linux-image-amd64', 'linux-headers-amd64', 'initramfs-tools', 'zfsutils-linux', 'zfs-dkms'],
  ...[
    'lvm2',
    'thin-provisioning-tools',
    'e2fsprogs',
    'xfsprogs',
    'rsync',
    'busybox-static',
    'cpio',
    'xz-utils',
    'zstd',
  ],
  ...['libvirt-daemon-system', 'libvirt-clients', 'libvirt-daemon-driver-qemu', 'qemu-system-x86', 'qemu-utils'],
] as const;

/** The Debian packages inside the lab. */
export function packagesInside(release: Release): readonly string[] {
  // Debian 12 has Node 18, which the SDK does not run on.
  return release === 'trixie' ? [...everywhere, 'nodejs'] : everywhere;
}

/** Lines of `sources.list` for a release. */
export function packageSources(release: Release, mirror: string): readonly string[] {
  const security = mirror.replace(/\/debian\/?$/, '/debian-security');
  return [
    `deb ${mirror} ${release} main contrib`,
    ...(security === mirror ? [] : [`deb ${security} ${release}-security main contrib`]),
  ];
}
