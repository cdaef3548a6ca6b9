import { stateFolder } from '../run-folder.js';
import { anyOf, type AllowedCommand } from './allowed.js';

/** Programs that run whatever they are told to, or write wherever they are told to. */
const rootPrograms: Readonly<Record<string, string>> = {
  bash: 'runs any script',
  dmsetup: 'maps any disk',
  find: 'runs any program, and removes any file',
  fsck: 'writes to any disk',
  lvm: 'writes to any disk',
  mkdir: 'makes any folder',
  mount: 'mounts anything over anything',
  rm: 'removes any file',
  sh: 'runs any script',
  systemctl: 'starts any program as a service, and stops any',
  'systemd-run': 'runs any program as a service',
  unshare: 'runs any program',
  virsh: 'starts guests that have the disks of the host',
  xargs: 'runs any program',
  zfs: 'sets any property of any dataset: where it is mounted, to whom it is exported',
};

const otherPrograms = [
  ...['blkid', 'dumpe2fs', 'echo', 'fuser', 'mountpoint', 'realpath', 'rmdir'],
  ...['sync', 'true', 'udevadm', 'umount'],
];

/** Programs of {@link backupCommands} of which any words are allowed. */
const wholePrograms: readonly string[] = [
  ...Object.keys(rootPrograms).filter((program) => program !== 'zfs'),
  ...otherPrograms,
].toSorted();

/** Why a program amounts to root. */
export const rootReasons: ReadonlyMap<string, string> = new Map(Object.entries(rootPrograms));

/**
 * What `lvmToZfsBackup` runs, with the reconciling before it. The pause is a script that it brings
 * along, so none of it can be narrowed to less than root.
 */
export function backupCommands(): AllowedCommand[] {
  const boot = '[A-Za-z0-9_.:/ -]*[/@]quiesce-boot-[0-9]+-[0-9a-f]{8}';
  return [
    ...wholePrograms.map(anyOf),
    { words: ['cat', '/proc/self/mountinfo'], rest: false },
    { words: ['cat', '--', { matching: `${stateFolder}/[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)?` }], rest: false },
    { words: ['kill', '--', { matching: '[0-9]+' }], rest: false },
    { words: ['zpool', { matching: 'get|list|status' }], rest: true },
    { words: ['zfs', { matching: 'get|list|snapshot|set|inherit' }], rest: true },
    { words: ['zfs', 'destroy', { matching: '-[a-z]+' }, '--', { matching: boot }], rest: false },
    { words: ['zfs', 'destroy', '--', { matching: boot }], rest: false },
  ];
}
