import type { Case, Scenario } from '@quiesce/lab/scenario';
import { asNobody, zpool } from './parts/zpool-case.js';

const pool = 'quiesce-changes';
const raidz = 'quiesce-changes-raidz';
const other = 'quiesce-changes-new';
const files = '/var/tmp/quiesce-changes';
const file = (name: string | number): string => `${files}/f${String(name)}`;
const disk = '/dev/disk/by-id/virtio-spare2';
// The device that a file system is mounted from.
const mounted = `$(findmnt --noheadings --output SOURCE ${files}/mounted)`;
const reserved = ['mirror', 'mirrors', 'raidz2x', 'draidx', 'spare-parts', 'log'];

const created: readonly Case[] = [
  zpool('zpool create dry run', 'create', '-n', '--', pool, 'mirror', file(0), file(1)),
  zpool(
    'zpool create',
    ...['create', '-o', 'comment=hello  world: x', '-O', 'compression=lz4', '--', pool, 'mirror', file(0), file(1)],
    ...['special', 'mirror', file(2), file(3), 'log', file(4), 'cache', file(5), 'spare', file(6)],
  ),
  zpool('zpool create raidz', 'create', '-m', 'none', '--', raidz, 'raidz1', file(7), file(8), file(9)),
  zpool('zpool create c0t', 'create', '-n', '--', 'c0t', file(10)),
  zpool('zpool create without features', 'create', '-d', '-m', 'none', '--', 'c0t', file(10)),
  zpool('zpool upgrade', 'upgrade', '--', 'c0t'),
  zpool('zpool upgrade again', 'upgrade', '--', 'c0t'),
  zpool('zpool destroy', 'destroy', '--', 'c0t'),
];

const refused: readonly Case[] = [
  zpool('pool exists create', 'create', '--', pool, file(10)),
  zpool('in use create', 'create', '--', other, file(0)),
  zpool('in use create force', 'create', '-f', '--', other, file(0)),
  {
    name: 'in use create mounted',
    before: `
      mkfs.ext4 -q ${file(11)}
      mkdir ${files}/mounted
      mount -o loop ${file(11)} ${files}/mounted
    `,
    script: `zpool create -- ${other} "${mounted}"`,
  },
  { name: 'in use create mounted force', script: `zpool create -f -- ${other} "${mounted}"` },
  {
    ...zpool('in use create disk force', 'create', '-f', '--', other, disk),
    before: `
      mkfs.ext4 -q -F ${disk}
      mkdir ${files}/disk
      mount ${disk} ${files}/disk
    `,
  },
  zpool('no device create', 'create', '--', other, file('no')),
  zpool('no device create by name', 'create', '--', other, 'nodisk'),
  zpool('too small create', 'create', '--', other, file('tiny')),
  zpool('vdev create sizes', 'create', '--', other, 'mirror', file(10), file('large')),
  zpool('vdev create kinds', 'create', '--', other, file(10), 'mirror', file(12), file(13)),
  zpool('vdev create folder', 'create', '--', other, files),
  zpool('vdev create twice', 'create', '--', other, 'mirror', file(10), file(10)),
  {
    ...zpool('not empty create', 'create', '--', other, file(10)),
    before: `mkdir /${other}; touch /${other}/file`,
  },
  {
    ...zpool('not empty create mountpoint', 'create', '-m', files, '--', other, file(10)),
    before: `rm -r /${other}`,
  },
  zpool('property create', 'create', '-o', 'foo=bar', '--', other, file(10)),
  zpool('property create ashift', 'create', '-o', 'ashift=99', '--', other, file(10)),
  zpool('property create autotrim', 'create', '-o', 'autotrim=maybe', '--', other, file(10)),
  zpool('property create feature', 'create', '-o', 'feature@foo=enabled', '--', other, file(10)),
  zpool('property create readonly', 'create', '-o', 'readonly=on', '--', other, file(10)),
  zpool('property create of file system', 'create', '-O', 'compression=foo', '--', other, file(10)),
  ...reserved.map((name) => zpool(`name create ${name}`, 'create', '--', name, file(10))),
  asNobody('permission create pool', 'create', '--', other, file(10)),
];

const used: readonly Case[] = [
  zpool('zpool sync', 'sync', '--', pool),
  zpool('no pool sync', 'sync', '--', 'nopool'),
  zpool('zpool reguid', 'reguid', '--', pool),
  { ...zpool('zpool reguid to', 'reguid', '-g', '1234567890123456789', '--', pool), only: 'trixie' },
  zpool('no pool reguid', 'reguid', '--', 'nopool'),
  zpool('no pool upgrade', 'upgrade', '--', 'nopool'),
  zpool('no pool destroy', 'destroy', '--', 'nopool'),
  asNobody('permission destroy pool', 'destroy', '--', pool),
  zpool('no checkpoint discard', 'checkpoint', '-d', '--', pool),
  asNobody('permission checkpoint', 'checkpoint', '--', pool),
  zpool('no pool checkpoint', 'checkpoint', '--', 'nopool'),
  zpool('zpool checkpoint', 'checkpoint', '--', pool),
  zpool('checkpoint exists checkpoint', 'checkpoint', '--', pool),
  zpool('checkpoint exists split', 'split', '--', pool, other),
  zpool('zpool checkpoint discard', 'checkpoint', '-d', '-w', '--', pool),
  zpool('in use labelclear', 'labelclear', '--', file(0)),
  zpool('no device labelclear', 'labelclear', '--', file('no')),
  zpool('other labelclear', 'labelclear', '--', file(12)),
  {
    ...zpool('pool busy destroy', 'destroy', '--', pool),
    before: `
      (cd /${pool} && exec sleep 600 >/dev/null 2>&1) &
      echo $! >sleep.pid
      until readlink /proc/$!/cwd | grep -q ${pool}; do sleep 0.1; done
    `,
  },
];

const splits: readonly Case[] = [
  {
    ...zpool('pool exists split', 'split', '--', pool, raidz),
    before: `
      kill "$(cat sleep.pid)"
      sleep 1
      zpool destroy -f ${pool}
      zpool create -f ${pool} mirror ${file(0)} ${file(1)}
    `,
  },
  zpool('vdev split raidz', 'split', '--', raidz, other),
  zpool('vdev split device', 'split', '--', pool, other, file(10)),
  zpool('no pool split', 'split', '--', 'nopool', other),
  zpool('zpool split dry run', 'split', '-n', '--', pool, other),
  zpool('zpool split', 'split', '--', pool, other),
  zpool('in use labelclear exported', 'labelclear', '--', file(1)),
  zpool('zpool labelclear', 'labelclear', '-f', '--', file(1)),
];

export const scenario: Scenario = {
  program: 'zfs',
  setUp: `
    mkdir ${files}
    for number in $(seq 0 13); do truncate -s 128M ${files}/f$number; done
    truncate -s 32M ${file('tiny')}
    truncate -s 256M ${file('large')}
  `,
  cases: [...created, ...refused, ...used, ...splits],
  tearDown: `
    kill "$(cat /tmp/quiesce-recording/sleep.pid)"
    umount ${files}/mounted
    if mountpoint -q ${files}/disk; then umount ${files}/disk; fi
    wipefs -af ${disk}
    for name in ${pool} ${raidz} ${other} c0t ${reserved.join(' ')}; do
      if zpool list $name >/dev/null 2>&1; then zpool destroy -f $name; fi
      if [ -d /$name ]; then rmdir /$name; fi
    done
    rm -rf --one-file-system ${files}
  `,
};
