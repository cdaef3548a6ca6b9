import type { Case, Scenario } from '@quiesce/lab/scenario';
import { createPool, destroyPool, pool } from './parts/spare-pool.js';

const fs = `${pool}/fs`;
const columns = ['-o', 'type,name,used,quota,objused,objquota', '--'];

const each = (subcommand: string): readonly Case[] => [
  { name: subcommand, args: [subcommand, '-Hp', ...columns, fs] },
  { name: `${subcommand} of a snapshot`, args: [subcommand, '-Hp', ...columns, `${fs}@1`] },
  { name: `not found ${subcommand}`, args: [subcommand, '-Hp', ...columns, `${pool}/no`] },
  { name: `not found ${subcommand} snapshot`, args: [subcommand, '-Hp', ...columns, `${fs}@no`] },
  { name: `other ${subcommand} of a volume`, args: [subcommand, '-Hp', ...columns, `${pool}/volume`] },
  { name: `permission ${subcommand}`, user: 'nobody', args: [subcommand, '-Hp', ...columns, fs] },
];

export const scenario: Scenario = {
  program: 'zfs',
  setUp: `
    ${createPool}
    zfs create ${fs}
    zfs create -V 16M ${pool}/volume
    cd /${fs}
    head -c 300000 /dev/urandom >one
    cp one two
    touch three
    chown nobody:daemon one
    chown 4711:4712 two three
    zfs set userquota@nobody=1M userobjquota@nobody=100 groupquota@daemon=2M groupobjquota@4712=7 ${fs}
    zfs project -p 7 one
    zfs set projectquota@7=3M projectobjquota@8=9 ${fs}
    sync
    zpool sync ${pool}
    zfs snapshot ${fs}@1
  `,
  cases: [
    ...each('userspace'),
    ...each('groupspace'),
    ...each('projectspace'),
    { name: 'userspace numbers', args: ['userspace', '-Hp', '-n', '-t', 'posixuser', ...columns, fs] },
    { name: 'userspace posix ids', args: ['userspace', '-Hp', '-i', '-t', 'posixuser,smbuser', ...columns, fs] },
    { name: 'userspace smb', args: ['userspace', '-Hp', '-t', 'smbuser', ...columns, fs] },
    { name: 'groupspace numbers', args: ['groupspace', '-Hp', '-n', '-t', 'posixgroup', ...columns, fs] },
    // A name that a user gives a file looks like a row of its own.
    {
      name: 'project list',
      before: String.raw`touch "$(printf '/${fs}/x\n    7 - forged')"`,
      args: ['project', '-r', '--', `/${fs}`],
    },
  ],
  tearDown: destroyPool,
};
