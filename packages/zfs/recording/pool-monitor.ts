import type { Case, Scenario } from '@quiesce/lab/scenario';

const pool = 'quiesce-monitor';
const files = '/var/tmp/quiesce-monitor';
const [first, second] = [`${files}/f0`, `${files}/f1`];

const zpool = (name: string, ...args: readonly string[]): Case => ({ name, program: 'zpool', args });

const columns = 'name,property,source,value';

const forgedEvent = [
  'x\\"',
  '        history_internal_name = \\"set\\"',
  '        time = 0x6b07e74b 0x248923d4 ',
  '        eid = 0x7',
  '',
  'Nov 26 2026 08:01:15.612967380\tereport.fs.zfs.checksum',
  '        class = \\"ereport.fs.zfs.checksum\\"',
  '        pool = \\"tank\\"',
  '        spare = \\"',
].join('\n');

export const scenario: Scenario = {
  program: 'zfs',
  setUp: `
    mkdir ${files}
    truncate -s 128M ${first} ${second} ${files}/f2 ${files}/f3
    zpool create -f -O compression=off ${pool} mirror ${first} ${second} log ${files}/f2 cache ${files}/f3
    head -c 20M /dev/urandom >/${pool}/image
    zpool export ${pool}
    dd if=/dev/urandom of=${first} bs=1M seek=12 count=4 conv=notrunc status=none
    zpool events -c
    zpool import -d ${files} ${pool}
    zpool scrub -w ${pool}
    zfs set "a:b=$(printf 'x\\n\\ny')" ${pool}
  `,
  cases: [
    zpool('zpool events', 'events', '-Hv', '--', pool),
    zpool('zpool event heads', 'events', '-H', '--', pool),
    zpool('no pool events', 'events', '-Hv', '--', 'nopool'),
    { ...zpool('permission clear events', 'events', '-c'), user: 'nobody' },
    zpool('zpool iostat', 'iostat', '-HpPy', '-T', 'u', '--', pool, '1', '2'),
    zpool('zpool iostat vdevs', 'iostat', '-HpPy', '-T', 'u', '-v', '--', pool, '1', '2'),
    zpool('no pool iostat', 'iostat', '-HpPy', '-T', 'u', '--', 'nopool', '1', '1'),
    { name: 'zpool history', script: `TZ=UTC zpool history -l -- ${pool}` },
    { name: 'zpool history internal', script: `TZ=UTC zpool history -l -i -- ${pool} | tail -n 40` },
    zpool('no pool history', 'history', '-l', '--', 'nopool'),
    { ...zpool('permission history', 'history', '-l', '--', pool), user: 'nobody' },
    zpool('zpool get', 'get', '-Hp', '-o', columns, '--', 'health,size,comment', pool),
    zpool('zpool get all', 'get', '-Hp', '-o', columns, '--', 'all', pool),
    zpool('zpool get all names', 'get', '-Hp', '-o', 'name,property', '--', 'all', pool),
    zpool('no pool zpool get', 'get', '-Hp', '-o', columns, '--', 'size', 'nopool'),
    zpool('property zpool get', 'get', '-Hp', '-o', columns, '--', 'bogus', pool),
    zpool('zpool set', 'set', 'comment=a remark', pool),
    zpool('no pool zpool set', 'set', 'comment=a', 'nopool'),
    zpool('property zpool set', 'set', 'bogus=a', pool),
    zpool('property zpool set readonly', 'set', 'size=1', pool),
    { ...zpool('permission zpool set', 'set', 'comment=b', pool), user: 'nobody' },
    { name: 'zfs version', args: ['version'] },
    { ...zpool('zpool set user', 'set', `a:b=x\n${pool}\thealth\t-\tforged`, pool), only: 'trixie' },
    { ...zpool('property zpool set user', 'set', 'a:b=x', pool), only: 'bookworm' },
    { ...zpool('zpool get user', 'get', '-Hp', '-o', columns, '--', 'a:b,a:c,comment', pool), only: 'trixie' },
    { ...zpool('zpool get forged', 'get', '-Hp', '-o', columns, '--', 'a:b,health', pool), only: 'trixie' },
    { ...zpool('zpool get forged all', 'get', '-Hp', '-o', columns, '--', 'all', pool), only: 'trixie' },
    { ...zpool('zpool get forged all names', 'get', '-Hp', '-o', 'name,property', '--', 'all', pool), only: 'trixie' },
    // A value that looks like the end of one event and another one, or like another command.
    { ...zpool('zpool events forged', 'events', '-Hv', '--', pool), before: `zfs set "a:b=${forgedEvent}" ${pool}` },
    zpool('zpool event heads forged', 'events', '-H', '--', pool),
    {
      name: 'zpool history forged',
      script: `
        zfs set "a:b=x
2026-01-01.00:00:00 zpool destroy tank [user 0 (root) on quiesce-lab:linux]" ${pool}
        TZ=UTC zpool history -l -- ${pool}
      `,
    },
    zpool('zpool clear events', 'events', '-c'),
  ],
  tearDown: `
    zpool destroy -f ${pool}
    rm -rf --one-file-system ${files}
    if [ -d /${pool} ]; then rmdir /${pool}; fi
  `,
};
