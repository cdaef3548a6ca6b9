import type { Scenario } from '@quiesce/lab/scenario';
import { createPool, destroyPool, pool } from './parts/spare-pool.js';

const otherPool = 'quiesce-zfs-other';
const a = `${pool}/a`;

export const scenario: Scenario = {
  program: 'zfs',
  setUp: `
    ${createPool}
    zfs create ${a}
    zfs create ${a}/b
    truncate -s 128M /var/tmp/${otherPool}
    zpool create ${otherPool} /var/tmp/${otherPool}
  `,
  cases: [
    { name: 'snapshot', args: ['snapshot', '-o', 'quiesce:run=snap', '--', `${a}@1`, `${a}/b@1`] },
    { name: 'not found snapshot', args: ['snapshot', '--', `${pool}/no@1`] },
    { name: 'exists snapshot', args: ['snapshot', '--', `${a}@1`] },
    { name: 'exists one of two snapshots', args: ['snapshot', '--', `${a}@1`, `${a}/b@77`] },
    { name: 'other snapshot twice', args: ['snapshot', `${a}@7`, `${a}@8`] },
    { name: 'other two pools', args: ['snapshot', `${a}@7`, `${otherPool}@8`] },
    { name: 'property snapshot', args: ['snapshot', '-o', 'compression=on', '--', `${a}@10`] },
    { name: 'permission snapshot', user: 'nobody', args: ['snapshot', '--', `${a}@u`] },
  ],
  tearDown: `
    zpool destroy -f ${otherPool}
    rm -f /var/tmp/${otherPool}
    rmdir /${otherPool}
    ${destroyPool}
  `,
};
