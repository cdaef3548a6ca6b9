import type { Case, Scenario } from '@quiesce/lab/scenario';
import { createGroup, group, mount, releaseLock, removeGroup, takeLock, unmount } from './parts/spare-group.js';

const settings = ['-qq', '--config', 'log/report_command_log=0'];
const noWait = ['-qq', '--config', 'log/report_command_log=0 global/wait_for_locks=0'];
const size = (bytes: number): readonly string[] => ['--size', `${bytes}b`];

const snapshot = (name: string, origin: string): readonly string[] => {
  return ['lvcreate', ...settings, '--yes', '--snapshot', '--name', name, ...size(8_388_608), '--', origin];
};
const linear = (name: string, bytes: number, ...where: readonly string[]): readonly string[] => [
  ...['lvcreate', ...settings, '--yes', '--type', 'linear', '--name', name, ...size(bytes)],
  ...['--zero', 'y', '--wipesignatures', 'y', '--', ...where],
];
const convert = (origin: string, volume: string): readonly string[] => {
  return ['lvconvert', ...settings, '--yes', '--type', 'snapshot', '--zero', 'y', '--', origin, volume];
};
const remove = (...words: readonly string[]): readonly string[] => ['lvremove', ...settings, '--yes', ...words];
const change = (...words: readonly string[]): readonly string[] => ['lvchange', ...settings, '--yes', ...words];

const origin = `${group}/origin-a`;
const snap = `${group}/snap.1`;
const cow = `${group}/cow.1`;
const nothing = `${group}/nothing`;

const lvcreate: readonly Case[] = [
  { name: 'create-exists', args: snapshot('snap.1', origin) },
  { name: 'create-linear-exists', args: linear('cow.1', 8_388_608, group) },
  { name: 'create-missing-origin', args: snapshot('x', nothing) },
  { name: 'create-missing-group', args: snapshot('x', 'nogroup/nothing') },
  { name: 'create-linear-missing-group', args: linear('x', 8_388_608, 'nogroup') },
  { name: 'create-linear-full', args: linear('x', 34_359_738_368, group) },
  { name: 'create-of-snapshot', args: snapshot('x', snap) },
  {
    name: 'create-one-disk-full',
    args: linear('x', 3_221_225_472, group, '/dev/disk/by-id/virtio-spare0'),
  },
  { name: 'usage', args: ['lvcreate', ...settings, '--nonsense'] },
  { name: 'odd-size', args: linear('x', 8_388_609, group) },
  { name: 'reserved-name', args: linear('x_mlog', 8_388_608, group) },
  { name: 'permission-lvcreate', user: 'nobody', args: linear('x', 8_388_608, group) },
  {
    name: 'locked-create',
    before: takeLock,
    args: ['lvcreate', ...noWait, '--yes', '--snapshot', '--name', 'x', ...size(8_388_608), '--', origin],
  },
];

const others: readonly Case[] = [
  { name: 'no-subcommand', before: releaseLock, args: ['nonsense'] },
  { name: 'change-missing', args: change('--addtag', 'a', '--', nothing) },
  { name: 'remove-missing', args: remove('--', nothing) },
  { name: 'remove-missing-group', args: remove('--', 'nogroup/nothing') },
  { name: 'remove-select-nothing', args: remove('--select', 'lv_tags={"quiesce.run=none"}', '--', cow) },
  { name: 'permission-lvremove', user: 'nobody', args: remove('--', cow) },
  { name: 'convert-unasked', args: convert(origin, cow).filter((word) => word !== '--yes') },
  { name: 'convert-missing-volume', args: convert(origin, nothing) },
  { name: 'convert-missing-origin', args: convert(nothing, cow) },
  { name: 'convert-missing-group', args: convert('nogroup/nothing', 'nogroup/x') },
  { name: 'convert-of-snapshot', args: convert(origin, snap) },
];

const inUse: readonly Case[] = [
  { name: 'remove-mounted', before: mount('snap.1'), args: remove('--', snap) },
  { name: 'remove-origin-of-mounted', args: remove('--', origin) },
  {
    name: 'convert-mounted',
    before: `
      ${unmount}
      mkfs.ext4 -q /dev/${cow}
      ${mount('cow.1')}
    `,
    args: convert(origin, cow),
  },
  { name: 'deactivate-mounted', args: change('--activate', 'n', '--', cow) },
  {
    name: 'remove-open',
    before: `
      ${unmount}
      sleep 600 <>/dev/${cow} >/dev/null 2>&1 &
      until fuser -s /dev/${cow}; do sleep 0.1; done
    `,
    args: remove('--', cow),
  },
  {
    name: 'create-full',
    before: `
      fuser -s -k /dev/${cow}
      lvcreate -qq --yes -l 100%FREE -n filler ${group}
    `,
    args: snapshot('x', origin),
  },
];

export const scenario: Scenario = {
  program: 'lvm',
  env: { LVM_SUPPRESS_FD_WARNINGS: '1' },
  setUp: createGroup,
  cases: [...lvcreate, ...others, ...inUse],
  tearDown: `
    fuser -s -k /dev/${cow}
    ${removeGroup}
  `,
};
