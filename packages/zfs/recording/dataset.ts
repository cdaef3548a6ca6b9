import type { Case, Scenario } from '@quiesce/lab/scenario';
import { createPool, destroyPool, pool } from './parts/spare-pool.js';

const a = `${pool}/a`;
const vm = `${pool}/vm`;
const range = `${pool}/range`;
const listColumns = 'name,type,used,available,referenced,mounted,creation,mountpoint';
const getColumns = 'name,property,source,value';

const list = (...args: readonly string[]): readonly string[] => ['list', '-Hp', ...args];
const get = (...args: readonly string[]): readonly string[] => ['get', '-Hp', ...args];
const destroy = (...args: readonly string[]): readonly string[] => ['destroy', ...args];

const makeAndRead: readonly Case[] = [
  {
    name: 'create',
    args: ['create', '-p', '-o', 'compression=lz4', '-o', 'quiesce:run=it is $HOME', '--', `${pool}/parents/a b`],
  },
  { name: 'create sparse volume', args: ['create', '-s', '-b', '8192', '-V', '67108864', '--', `${pool}/sparse`] },
  { name: 'create unmounted', args: ['create', '-u', '--', `${pool}/unmounted`] },
  {
    name: 'set',
    args: [
      ...['set', 'quiesce:run=2026', 'quiesce:tab=a\tb\t', 'quiesce:lines=one\n\ntwo\n', 'quiesce:empty='],
      ...['quiesce:dash=-', `quiesce:looks=x\n${pool}/other\tquiesce:run\tlocal\tforged`, a, `${a}/b`],
    ],
  },
  { name: 'set with --', args: ['set', '--', 'quiesce:run=2026', a] },
  {
    name: 'list',
    before: `
      zfs snapshot -o quiesce:run=snap ${a}@1 ${a}/b@1
      head -c 3M /dev/urandom >/${a}/image
      zfs snapshot -r ${a}@2
      rm /${a}/image
      zfs snapshot -r ${a}@3
      zfs bookmark ${a}@1 ${a}#mark
      zfs set mountpoint="$(printf '/${pool}/x\\ty\\nz')" ${pool}/unmounted
    `,
    args: list('-r', '-t', 'filesystem,volume,snapshot', '-o', listColumns, '--', pool),
  },
  {
    name: 'list fields',
    args: list(
      '-r',
      '-t',
      'filesystem,snapshot',
      '-o',
      'name,type,used,written,createtxg,guid,userrefs,origin',
      '--',
      a,
    ),
  },
  { name: 'list depth', args: list('-d', '1', '-o', listColumns, '--', a) },
  { name: 'get', args: get('-r', '-o', getColumns, '--', 'quiesce:run,used,userrefs', a) },
  { name: 'get all', args: get('-o', getColumns, '--', 'all', `${a}/b`) },
  {
    name: 'get texts',
    args: get(
      ...['-o', getColumns, '--'],
      ...['quiesce:tab,quiesce:lines,quiesce:empty,quiesce:dash,quiesce:none,origin,compression', a],
    ),
  },
  { name: 'get forged', args: get('-o', getColumns, '--', 'quiesce:run,quiesce:looks', a) },
  { name: 'get user quota', args: get('-o', getColumns, '--', 'userquota@root,written@1', a) },
];

const runsOfSnapshots = ['--', 'quiesce:run', vm];
const forged: readonly Case[] = [
  {
    name: 'recursive get snapshots',
    before: `
      zfs create ${vm}
      zfs create ${vm}/guest
      zfs create ${vm}/prod
      zfs create -V 16M ${vm}/disk
      zfs snapshot -r ${vm}@a
    `,
    args: get('-r', '-t', 'snapshot', '-o', getColumns, ...runsOfSnapshots),
  },
  {
    name: 'recursive get snapshots names',
    args: get('-r', '-t', 'snapshot', '-o', 'name,property', ...runsOfSnapshots),
  },
  {
    name: 'forged get snapshots',
    before: `zfs set quiesce:run="$(printf 'x\\n${vm}/prod\\tquiesce:run\\tlocal\\tRUN7')" ${vm}/guest@a`,
    args: get('-r', '-t', 'snapshot', '-o', getColumns, ...runsOfSnapshots),
  },
  { name: 'forged get snapshots names', args: get('-r', '-t', 'snapshot', '-o', 'name,property', ...runsOfSnapshots) },
  { name: 'forged get all', args: get('-o', getColumns, '--', 'all', `${vm}/guest@a`) },
  { name: 'forged get all names', args: get('-o', 'name,property', '--', 'all', `${vm}/guest@a`) },
  {
    name: 'forged list',
    before: `
      row=$(printf '${vm}/prod@a\\tfilesystem\\t1\\t2\\t3\\tyes\\t1700000000\\t/prod')
      zfs set mountpoint="$(printf '/${vm}/guest\\n%s' "$row")" ${vm}/guest
    `,
    args: list('-r', '-o', listColumns, '--', vm),
  },
  { name: 'forged list names', args: list('-r', '-o', 'name', '--', vm) },
];

/** Shell that makes snapshots in a row, two of them held. */
const holdRange = `
  zfs create ${range}
  for number in 1 2 3 4; do zfs snapshot ${range}@$number; done
  zfs hold keep ${range}@2 ${range}@3
`;

const destruction: readonly Case[] = [
  { name: 'destroy dry run', before: `zfs destroy -r ${vm}`, args: destroy('-nvp', '-r', '--', a) },
  { name: 'destroy dry run snapshots', args: destroy('-nvp', '--', `${a}@1,2%3`) },
  { name: 'destroy dry run all snapshots', args: destroy('-nvp', '-r', '--', `${a}@%`) },
  { name: 'not found destroy range', args: destroy('-vp', '--', `${a}@8,9`) },
  { name: 'not found destroy snapshot', args: destroy('-vp', '--', `${a}@9`) },
  { name: 'not found destroy', args: destroy('-vp', '--', `${pool}/no`) },
  { name: 'children destroy', args: destroy('-vp', '--', a) },
  { name: 'children dry run', args: destroy('-nvp', '--', a) },
  {
    name: 'clones destroy',
    before: `
      zfs clone ${a}@1 ${pool}/clone
      zfs snapshot ${pool}/clone@x
      zfs clone ${pool}/clone@x ${pool}/clone2
    `,
    args: destroy('-vp', '--', `${a}@1`),
  },
  { name: 'clones destroy recursive', args: destroy('-nvp', '-r', '--', a) },
  { name: 'destroy dry run dependents', args: destroy('-nvp', '-R', '--', a) },
  { name: 'destroy dry run whole pool', args: destroy('-nvp', '-r', '--', pool) },
  { name: 'other destroy pool', args: destroy('-nvp', '--', pool) },
  { name: 'busy held', before: `zfs hold keep ${a}@2`, args: destroy('-vp', '--', `${a}@2`) },
  { name: 'busy held recursive', args: destroy('-vp', '-r', '--', `${a}@2`) },
  { name: 'destroy defer', args: destroy('-vp', '-d', '--', `${a}@2`) },
  // Nothing goes, also not what is neither held nor cloned.
  { name: 'busy held range', before: holdRange, args: destroy('-vp', '--', `${range}@1%4`) },
  { name: 'busy held range left', args: list('-t', 'snapshot', '-o', 'name', '--', range) },
  {
    name: 'clones destroy range',
    before: `
      zfs release keep ${range}@2
      zfs release keep ${range}@3
      zfs clone ${range}@3 ${range}/clone
    `,
    args: destroy('-vp', '--', `${range}@1%4`),
  },
  { name: 'clones destroy range left', args: list('-t', 'snapshot', '-o', 'name', '--', range) },
  {
    name: 'busy open',
    before: `
      zfs destroy -R ${range}
      zfs release keep ${a}@2
      (cd /${a}/b && exec sleep 600 >/dev/null 2>&1) &
      echo $! >sleep.pid
      until [ "$(readlink /proc/$!/cwd)" = /${a}/b ]; do sleep 0.1; done
    `,
    args: destroy('-vp', '-r', '--', `${a}/b`),
  },
];

const refusals: readonly Case[] = [
  { name: 'not found list', args: list('-o', listColumns, '--', `${pool}/no`) },
  { name: 'not found list snapshot', args: list('-o', listColumns, '--', `${a}@no`) },
  { name: 'not found list pool', args: list('-o', listColumns, '--', 'nopool') },
  { name: 'not found get', args: get('-o', getColumns, '--', 'all', `${pool}/no`) },
  { name: 'not found get bookmark', args: get('-o', getColumns, '--', 'all', `${a}#no`) },
  { name: 'not found set', args: ['set', 'a:b=c', `${pool}/no`] },
  { name: 'not found create', args: ['create', '--', `${pool}/no/b`] },
  { name: 'no pool create', args: ['create', '--', 'nopool/b'] },
  { name: 'exists create', args: ['create', '--', a] },
  { name: 'property create unknown', args: ['create', '-o', 'foo=bar', '--', `${pool}/x`] },
  { name: 'property create value', args: ['create', '-o', 'compression=bar', '--', `${pool}/x`] },
  { name: 'property create type', args: ['create', '-o', 'volsize=1g', '--', `${pool}/x`] },
  { name: 'property get', args: get('-o', getColumns, '--', 'foo', a) },
  { name: 'property set foo', args: ['set', 'foo=bar', a] },
  { name: 'property set compression', args: ['set', 'compression=bar', a] },
  { name: 'property set used', args: ['set', 'used=1', a] },
  { name: 'property set quota', args: ['set', 'quota=1', a] },
  { name: 'property set mountpoint', args: ['set', 'mountpoint=relative', a] },
  { name: 'property set quiesce:long', args: ['set', `quiesce:long=${'x'.repeat(9000)}`, a] },
  { name: 'property set recordsize', args: ['set', 'recordsize=1000', a] },
  { name: 'property set volsize', args: ['set', 'volsize=1g', a] },
  { name: 'property set quota2', args: ['set', 'quota2=x', a] },
  { name: 'property set snapshot', args: ['set', 'compression=on', `${a}@1`] },
  { name: 'property volume size', args: ['create', '-V', '1000', '--', `${pool}/odd`] },
  {
    name: 'property volume block',
    args: ['create', '-b', '33554432', '-V', '67108864', '--', `${pool}/odd2`],
  },
  { name: 'space volume', args: ['create', '-V', '100000000000', '--', `${pool}/big`] },
  { name: 'space reservation', args: ['set', 'reservation=100G', a] },
  { name: 'permission create', user: 'nobody', args: ['create', '--', `${pool}/u`] },
  { name: 'permission set', user: 'nobody', args: ['set', 'a:b=c', a] },
  { name: 'permission destroy snapshot', user: 'nobody', args: destroy('-vp', '--', `${a}@3`) },
  { name: 'permission destroy', user: 'nobody', args: destroy('-vp', '--', `${pool}/clone2`) },
];

export const scenario: Scenario = {
  program: 'zfs',
  setUp: `
    ${createPool}
    zfs create ${a}
    zfs create ${a}/b
    zfs create -V 67108864 ${pool}/volume
  `,
  cases: [...makeAndRead, ...forged, ...destruction, ...refusals],
  tearDown: `
    kill "$(cat /tmp/quiesce-recording/sleep.pid)"
    zfs release keep ${a}@2 ${range}@2 ${range}@3
    ${destroyPool}
  `,
};
