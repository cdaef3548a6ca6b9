import type { Case, Scenario } from '@quiesce/lab/scenario';
import { createPool, destroyPool, pool } from './parts/spare-pool.js';

const otherPool = 'quiesce-zfs-other';
const a = `${pool}/a`;

const getCounts = ['get', '-Hp', '-t', 'snapshot', '-o', 'name,value'];
const forgedTag = String.raw`x\t1700000000\n${a}/b@1\tforged`;

const holds: readonly Case[] = [
  { name: 'hold', args: ['hold', '--', 'keep', `${a}@1`, `${a}/b@1`] },
  { name: 'hold recursive', args: ['hold', '-r', '--', 'quiesce:run 7', `${a}@1`] },
  { name: 'held hold', args: ['hold', '--', 'keep', `${a}@1`] },
  { name: 'not found hold', args: ['hold', '--', 'keep', `${a}@no`] },
  { name: 'not found hold recursive', args: ['hold', '-r', '--', 'keep', `${a}@no`] },
  { name: 'not found hold dataset', args: ['hold', '--', 'keep', `${pool}/no@1`] },
  { name: 'not found hold pool', args: ['hold', '--', 'keep', 'nopool@1'] },
  { name: 'not found hold one of two', args: ['hold', '--', 'second', `${a}@no`, `${a}@1`] },
  { name: 'other hold reserved', args: ['hold', '--', '.keep', `${a}@1`] },
  { name: 'permission hold', user: 'nobody', args: ['hold', '--', 'mine', `${a}@1`] },
  // OpenZFS 2.1 does not know -p.
  { name: 'holds', args: ['holds', '-Hp', '--', `${a}@1`, `${a}/b@1`] },
  { name: 'holds counts', args: [...getCounts, '--', 'userrefs', `${a}@1`, `${a}/b@1`] },
  { name: 'holds minutes', script: `TZ=UTC zfs holds -H -- ${a}@1 ${a}/b@1` },
  { name: 'holds minutes elsewhere', script: `TZ=Asia/Tokyo zfs holds -H -- ${a}@1` },
  { name: 'holds recursive', args: ['holds', '-Hp', '-r', '--', `${a}@1`] },
  { name: 'holds recursive minutes', script: `TZ=UTC zfs holds -H -r -- ${a}@1` },
  { name: 'holds recursive counts', args: [...getCounts, '-r', '--', 'userrefs', a] },
  { name: 'holds none', before: `zfs snapshot ${a}@free`, args: ['holds', '-H', '--', `${a}@free`] },
  { name: 'holds nobody', user: 'nobody', args: ['holds', '-H', '--', `${a}@1`] },
  { name: 'not found holds', args: ['holds', '-H', '--', `${a}@no`] },
  { name: 'not found holds one of two', args: ['holds', '-H', '--', `${a}@no`, `${a}@1`] },
  { name: 'not found holds recursive', args: ['holds', '-H', '-r', '--', `${a}@no`] },
  { name: 'not found holds pool', args: ['holds', '-H', '--', 'nopool@1'] },
  { name: 'holds of one twice', args: ['holds', '-H', '--', `${a}@1`, `${a}@1`] },
  {
    name: 'forged holds',
    before: `zfs hold -- "$(printf '${forgedTag}')" ${a}@free`,
    args: ['holds', '-Hp', '--', `${a}@free`, `${a}/b@1`],
  },
  { name: 'forged holds counts', args: [...getCounts, '--', 'userrefs', `${a}@free`, `${a}/b@1`] },
];

const releases: readonly Case[] = [
  { name: 'permission release', user: 'nobody', args: ['release', '--', 'keep', `${a}@1`] },
  { name: 'release', args: ['release', '--', 'keep', `${a}@1`] },
  { name: 'release recursive', args: ['release', '-r', '--', 'quiesce:run 7', `${a}@1`] },
  { name: 'no hold release', args: ['release', '--', 'keep', `${a}@1`] },
  { name: 'no hold release recursive', args: ['release', '-r', '--', 'none', `${a}@1`] },
  { name: 'no hold release one of two', args: ['release', '--', 'keep', `${a}@1`, `${a}/b@1`] },
  { name: 'not found release', args: ['release', '--', 'keep', `${a}@no`] },
  { name: 'not found release recursive', args: ['release', '-r', '--', 'keep', `${a}@no`] },
  { name: 'not found release dataset', args: ['release', '--', 'keep', `${pool}/no@1`] },
  { name: 'not found release pool', args: ['release', '--', 'keep', 'nopool@1'] },
];

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
    ...holds,
    ...releases,
  ],
  tearDown: `
    zpool destroy -f ${otherPool}
    rm -f /var/tmp/${otherPool}
    rmdir /${otherPool}
    ${destroyPool}
  `,
};
