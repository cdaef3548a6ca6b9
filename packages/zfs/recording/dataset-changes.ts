import type { Scenario } from '@quiesce/lab/scenario';
import { createPool, destroyPool, pool } from './parts/spare-pool.js';

const vm = `${pool}/vm`;
const copy = `${pool}/copy`;

export const scenario: Scenario = {
  program: 'zfs',
  setUp: `
    ${createPool}
    zfs create ${vm}
    zfs create ${vm}/disk
    zfs create ${pool}/other
    zfs create -V 16M ${pool}/volume
    zfs snapshot -r ${vm}@1
    zfs snapshot -r ${vm}@2
    zfs snapshot -r ${vm}@3
    zfs set compression=gzip quiesce:run=7 ${vm}
  `,
  cases: [
    { name: 'inherit', args: ['inherit', '-r', '--', 'compression', vm, `${vm}/disk`] },
    { name: 'inherit received', args: ['inherit', '-S', '--', 'quiesce:run', vm] },
    { name: 'not found inherit', args: ['inherit', '--', 'compression', `${pool}/no`] },
    { name: 'property inherit unknown', args: ['inherit', '--', 'foo', vm] },
    { name: 'property inherit used', args: ['inherit', '--', 'used', vm] },
    { name: 'permission inherit', user: 'nobody', args: ['inherit', '--', 'compression', vm] },

    { name: 'clone', args: ['clone', '-p', '-o', 'mountpoint=none', '--', `${vm}@2`, `${pool}/clones/one`] },
    { name: 'clone again with parents', args: ['clone', '-p', '--', `${vm}@2`, `${pool}/clones/one`] },
    { name: 'exists clone', args: ['clone', '--', `${vm}@2`, `${pool}/clones/one`] },
    { name: 'not found clone', args: ['clone', '--', `${vm}@no`, copy] },
    { name: 'not found clone parent', args: ['clone', '--', `${vm}@2`, `${pool}/no/copy`] },
    { name: 'property clone', args: ['clone', '-o', 'foo=bar', '--', `${vm}@2`, copy] },
    { name: 'permission clone', user: 'nobody', args: ['clone', '--', `${vm}@2`, copy] },

    { name: 'newer rollback', args: ['rollback', '--', `${vm}@1`] },
    { name: 'newer rollback clones', args: ['rollback', '-r', '--', `${vm}@1`] },
    { name: 'not found rollback', args: ['rollback', '--', `${vm}@no`] },
    { name: 'permission rollback', user: 'nobody', args: ['rollback', '--', `${vm}@3`] },
    { name: 'rollback', args: ['rollback', '--', `${vm}@3`] },
    { name: 'rollback newer', args: ['rollback', '-r', '--', `${vm}@2`] },

    { name: 'promote', args: ['promote', `${pool}/clones/one`] },
    { name: 'not a clone promote', args: ['promote', `${pool}/other`] },
    { name: 'not found promote', args: ['promote', `${pool}/no`] },
    {
      name: 'exists promote snapshot',
      before: `
        zfs snapshot ${vm}@same
        zfs clone ${vm}@same ${copy}
        zfs snapshot ${vm}@twice
        zfs snapshot ${copy}@same
      `,
      args: ['promote', copy],
    },
    { name: 'permission promote', user: 'nobody', args: ['promote', copy] },

    { name: 'rename', args: ['rename', '-p', '--', `${pool}/other`, `${pool}/archive/2026/other`] },
    { name: 'rename without remount', args: ['rename', '-u', '--', `${pool}/archive/2026/other`, `${pool}/other`] },
    { name: 'rename snapshots', args: ['rename', '-r', '--', `${vm}@same`, `${vm}@kept`] },
    { name: 'exists rename', args: ['rename', '--', `${pool}/other`, copy] },
    { name: 'not found rename', args: ['rename', '--', `${pool}/no`, `${pool}/yes`] },
    { name: 'not found rename parent', args: ['rename', '--', `${pool}/other`, `${pool}/no/other`] },
    { name: 'other rename below itself', args: ['rename', '--', `${pool}/archive`, `${pool}/archive/2026/it`] },
    { name: 'permission rename', user: 'nobody', args: ['rename', '--', `${pool}/other`, `${pool}/another`] },
    {
      name: 'busy rename',
      before: `
        zfs mount ${pool}/other 2>/dev/null || true
        (cd "$(zfs get -H -o value mountpoint ${pool}/other)" && exec sleep 600 >/dev/null 2>&1) &
        echo $! >sleep.pid
        until readlink /proc/$!/cwd | grep -q other; do sleep 0.1; done
      `,
      args: ['rename', '--', `${pool}/other`, `${pool}/another`],
    },

    { name: 'mounted mount', args: ['mount', '--', `${pool}/other`] },
    { name: 'busy unmount', args: ['unmount', '--', `${pool}/other`] },
    { name: 'unmount', before: 'kill "$(cat sleep.pid)"; sleep 1', args: ['unmount', '-f', '--', `${pool}/other`] },
    { name: 'not mounted unmount', args: ['unmount', '--', `${pool}/other`] },
    { name: 'mount', args: ['mount', '-o', 'ro,noatime', '--', `${pool}/other`] },
    { name: 'not found mount', args: ['mount', '--', `${pool}/no`] },
    { name: 'not found unmount', args: ['unmount', '--', `${pool}/no`] },
    { name: 'other mount volume', args: ['mount', '--', `${pool}/volume`] },
    { name: 'other mount nowhere', args: ['mount', '--', `${pool}/clones/one`] },
    {
      name: 'permission mount',
      user: 'nobody',
      before: `zfs unmount ${pool}/other`,
      args: ['mount', '--', `${pool}/other`],
    },
    { name: 'mount all', args: ['mount', '-a'] },
  ],
  tearDown: `
    kill "$(cat /tmp/quiesce-recording/sleep.pid)"
    ${destroyPool}
  `,
};
