import type { Case, Scenario } from '@quiesce/lab/scenario';
import { createPool, destroyPool, pool } from './parts/spare-pool.js';

const fs = `${pool}/fs`;
const old = `${pool}/old`;
const smb = `${pool}/smb`;
const no = `${pool}/no`;
const volume = `${pool}/volume`;

// The lab has no server of NFS or SMB, so that nothing is shared in the end.
const shares: readonly Case[] = [
  { name: 'legacy share', args: ['share', '--', fs] },
  { name: 'legacy unshare', args: ['unshare', '--', fs] },
  { name: 'set sharenfs', args: ['set', 'sharenfs=on', fs] },
  { name: 'shared share', args: ['share', '--', fs] },
  { name: 'unshare', args: ['unshare', '--', fs] },
  { name: 'unshared unshare again', args: ['unshare', '--', fs] },
  { name: 'unshared unshare nobody', user: 'nobody', args: ['unshare', '--', fs] },
  { name: 'shared share again', args: ['share', '--', fs] },
  { name: 'mount shared', before: `zfs unmount ${fs}`, args: ['mount', '--', fs] },
  {
    name: 'busy unmount shared',
    before: `
      (cd /${fs} && exec sleep 600 >/dev/null 2>&1) &
      echo $! >sleep.pid
      until readlink /proc/$!/cwd | grep -q fs; do sleep 0.1; done
    `,
    args: ['unmount', '--', fs],
  },
  { name: 'share all', args: ['share', '-l', '-a', 'nfs'] },
  { name: 'unshare all', args: ['unshare', '-a', 'nfs'] },
  { name: 'not found share', before: 'kill "$(cat sleep.pid)"; sleep 1', args: ['share', '--', no] },
  { name: 'not found unshare', args: ['unshare', '--', no] },
  // What the host says of a server that it does not have.
  { name: 'share failed', before: `zfs set sharesmb=on ${smb} || true`, args: ['share', '--', smb] },
  {
    name: 'not empty mount',
    before: `
      zfs set overlay=off sharesmb=off ${smb}
      zfs unmount ${smb}
      touch /${smb}/file
    `,
    args: ['mount', '--', smb],
  },
  { name: 'other share volume', args: ['share', '--', volume] },
  { name: 'other unshare volume', args: ['unshare', '--', volume] },
  { name: 'legacy share mountpoint', before: `zfs set mountpoint=legacy ${fs}`, args: ['share', '--', fs] },
  { name: 'unshared unshare mountpoint', args: ['unshare', '--', fs] },
];

const upgrades: readonly Case[] = [
  { name: 'permission upgrade', user: 'nobody', args: ['upgrade', '--', old] },
  { name: 'upgrade', args: ['upgrade', '-r', '--', old] },
  { name: 'upgrade again', args: ['upgrade', '--', old, fs] },
  { name: 'other upgrade down', args: ['upgrade', '-V', '4', '--', old] },
  { name: 'other upgrade volume', args: ['upgrade', '--', volume] },
  { name: 'not found upgrade', args: ['upgrade', '--', no, old] },
  { name: 'upgrade all', args: ['upgrade', '-a'] },
];

const waits: readonly Case[] = [
  { name: 'wait', args: ['wait', '--', old] },
  { name: 'wait deletes', args: ['wait', '-t', 'deleteq', '--', old] },
  { name: 'wait nobody', user: 'nobody', args: ['wait', '--', old] },
  { name: 'not found wait', args: ['wait', '--', no] },
  { name: 'other wait volume', args: ['wait', '--', volume] },
];

const changes: readonly Case[] = [
  { name: 'set without mount', args: ['set', '-u', `mountpoint=/${pool}/elsewhere`, old] },
  { name: 'set without mount seen', args: ['get', '-Hp', '-o', 'property,value', '--', 'mountpoint,mounted', old] },
  { name: 'permission destroy bookmark', user: 'nobody', args: ['destroy', '--', `${fs}#1`] },
  { name: 'destroy bookmark', args: ['destroy', '--', `${fs}#1`] },
  { name: 'not found destroy bookmark', args: ['destroy', '--', `${fs}#1`] },
  { name: 'not found destroy bookmark dataset', args: ['destroy', '--', `${no}#1`] },
];

export const scenario: Scenario = {
  program: 'zfs',
  setUp: `
    ${createPool}
    zfs create ${fs}
    zfs create -o version=4 ${old}
    zfs create ${old}/below
    zfs create ${smb}
    zfs create -V 16M ${volume}
    zfs snapshot ${fs}@1
    zfs bookmark ${fs}@1 ${fs}#1
  `,
  cases: [...shares, ...upgrades, ...waits, ...changes],
  tearDown: `
    kill "$(cat /tmp/quiesce-recording/sleep.pid)"
    ${destroyPool}
  `,
};
