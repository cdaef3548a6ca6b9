import type { PreflightProblem } from '../../preflight-error.js';
import { checkers, isExtended } from '../../host/fsck.js';

/** Programs that every run needs, with Debian's packages of them. */
const packages: Readonly<Record<string, string>> = {
  bash: 'bash',
  blkid: 'util-linux',
  cmp: 'diffutils',
  dmsetup: 'dmsetup',
  find: 'findutils',
  flock: 'util-linux',
  mount: 'mount',
  realpath: 'coreutils',
  rsync: 'rsync',
  setpriv: 'util-linux',
  stat: 'coreutils',
  systemctl: 'systemd',
  'systemd-run': 'systemd',
  udevadm: 'udev',
  umount: 'mount',
  xargs: 'findutils',
};

/** Programs that the host is asked for. */
export const wantedPrograms: readonly string[] = [...Object.keys(packages), 'dumpe2fs', 'fsck', ...checkers];

/**
 * Programs that a run needs and the host has not.
 *
 * @param found - Those of {@link wantedPrograms} that it has.
 * @param checked - Types of the file systems that are checked.
 */
export function* programProblems(
  host: string,
  found: ReadonlySet<string>,
  checked: readonly string[],
): Generator<PreflightProblem> {
  const needed = new Map(Object.entries(packages));
  if (checked.length > 0) needed.set('fsck', 'util-linux');
  for (const type of checked.filter(isExtended)) needed.set(`fsck.${type}`, 'e2fsprogs').set('dumpe2fs', 'e2fsprogs');
  for (const [program, name] of needed) {
    if (found.has(program)) continue;
    const problem = `it has no ${program}: install its package, which Debian calls ${name}`;
    yield { option: 'transport', value: host, problem };
  }
}
