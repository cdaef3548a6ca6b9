import type { Scenario } from '@quiesce/lab/scenario';
import { createPool, destroyPool, pool } from './parts/spare-pool.js';

const vm = `${pool}/vm`;
const disk = `${vm}/disk`;

export const scenario: Scenario = {
  program: 'zfs',
  setUp: `
    ${createPool}
    zfs create ${vm}
    zfs create ${disk}
  `,
  cases: [
    { name: 'permissions none', args: ['allow', '--', vm] },
    { name: 'allow users', args: ['allow', '-u', 'nobody,daemon', '--', 'snapshot,mount', vm] },
    { name: 'allow local', args: ['allow', '-l', '-u', 'daemon', '--', 'hold,release', vm] },
    { name: 'allow descendent', args: ['allow', '-d', '-e', '--', 'load-key', vm] },
    { name: 'allow groups', args: ['allow', '-g', 'users,4712', '--', 'diff', vm] },
    { name: 'allow everyone', args: ['allow', '-e', '--', 'userprop', vm] },
    { name: 'allow create time', args: ['allow', '-c', '--', 'destroy,mount', vm] },
    { name: 'allow set', args: ['allow', '-s', '@backup', '--', 'send,hold', vm] },
    { name: 'allow by number', args: ['allow', '-u', '4711', '--', '@backup,diff', vm] },
    { name: 'allow below', args: ['allow', '-u', 'nobody', '--', 'quota', disk] },
    { name: 'permissions', args: ['allow', '--', vm] },
    { name: 'permissions below', args: ['allow', '--', disk] },
    { name: 'permissions nobody', user: 'nobody', args: ['allow', '--', vm] },
    { name: 'identity allow', args: ['allow', '-u', 'nobody,nosuchuser', '--', 'snapshot', vm] },
    { name: 'identity allow group', args: ['allow', '-g', 'nosuchgroup', '--', 'snapshot', vm] },
    { name: 'identity unallow', args: ['unallow', '-u', 'nosuchuser', '--', 'snapshot', vm] },
    { name: 'no permission allow', args: ['allow', '-u', 'nobody', '--', 'nosuchperm', vm] },
    { name: 'not found allow', args: ['allow', '-u', 'nobody', '--', 'snapshot', `${pool}/no`] },
    { name: 'not found permissions', args: ['allow', '--', `${pool}/no`] },
    { name: 'permission allow', user: 'nobody', args: ['allow', '-u', 'nobody', '--', 'snapshot', vm] },
    { name: 'permission unallow', user: 'nobody', args: ['unallow', '-u', 'nobody', '--', vm] },
    { name: 'unallow', args: ['unallow', '-u', 'nobody', '--', 'snapshot', vm] },
    { name: 'unallow none', args: ['unallow', '-u', 'nobody', '--', 'hold', vm] },
    { name: 'unallow all', args: ['unallow', '-r', '-u', 'nobody', '--', vm] },
    { name: 'unallow set', args: ['unallow', '-s', '@backup', '--', vm] },
    { name: 'permissions afterwards', args: ['allow', '--', disk] },
  ],
  tearDown: destroyPool,
};
