import type { Case, Scenario } from '@quiesce/lab/scenario';

const pool = 'quiesce-scan';
const files = '/var/tmp/quiesce-scan';
const [first, second] = [`${files}/f0`, `${files}/f1`];
const parameters = '/sys/module/zfs/parameters';

const zpool = (name: string, ...args: readonly string[]): Case => ({ name, program: 'zpool', args });

/** The status in words, of releases that know no JSON, and the JSON of others. */
const statuses = (what: string): readonly Case[] => [
  { ...zpool(`scan status ${what}`, 'status', '-j', '-p', '-P', '--', pool), only: 'trixie' },
  { name: `scan text ${what}`, script: `TZ=UTC LC_ALL=C zpool status -p -P -- ${pool}` },
];

const hold = (on: 0 | 1): string => `echo ${on} >${parameters}/zfs_scan_suspend_progress`;

const scrubs: readonly Case[] = [
  zpool('no scrub pause', 'scrub', '-p', '--', pool),
  zpool('no scrub stop', 'scrub', '-s', '--', pool),
  zpool('no pool scrub', 'scrub', '--', 'nopool'),
  zpool('no pool resilver', 'resilver', '--', 'nopool'),
  { ...zpool('permission scrub', 'scrub', '--', pool), user: 'nobody' },
  { ...zpool('zpool scrub', 'scrub', '--', pool), before: hold(1) },
  ...statuses('scrubbing'),
  zpool('scrubbing scrub', 'scrub', '--', pool),
  { ...zpool('scrubbing scrub errors', 'scrub', '-e', '--', pool), only: 'trixie' },
  zpool('scrubbing resilver', 'resilver', '--', pool),
  zpool('zpool scrub pause', 'scrub', '-p', '--', pool),
  ...statuses('scrub paused'),
  zpool('paused scrub pause', 'scrub', '-p', '--', pool),
  zpool('zpool scrub resume', 'scrub', '--', pool),
  zpool('zpool scrub stop', 'scrub', '-s', '--', pool),
  ...statuses('scrub canceled'),
  { ...zpool('zpool scrub wait', 'scrub', '-w', '--', pool), before: hold(0) },
  ...statuses('scrubbed'),
  { ...zpool('zpool scrub errors', 'scrub', '-e', '-w', '--', pool), only: 'trixie' },
  { ...zpool('zpool scrub continue', 'scrub', '-C', '-w', '--', pool), only: 'trixie' },
  zpool('zpool wait', 'wait', '--', pool),
  zpool('zpool wait for two', 'wait', '-t', 'scrub,resilver', '--', pool),
  zpool('no pool wait', 'wait', '--', 'nopool'),
];

const resilvers: readonly Case[] = [
  {
    ...zpool('resilvering scrub', 'scrub', '--', pool),
    before: `
      zpool offline ${pool} ${second}
      head -c 16M /dev/urandom >/${pool}/more
      zpool sync ${pool}
      ${hold(1)}
      zpool online ${pool} ${second}
      until zpool status ${pool} | grep -q 'resilver in progress'; do sleep 0.2; done
    `,
  },
  ...statuses('resilvering'),
  zpool('resilvering scrub pause', 'scrub', '-p', '--', pool),
  zpool('zpool resilver', 'resilver', '--', pool),
  {
    ...zpool('zpool wait resilver', 'wait', '-t', 'resilver', '--', pool),
    before: hold(0),
  },
  ...statuses('resilvered'),
];

const devices: readonly Case[] = [
  zpool('no pool trim', 'trim', '--', 'nopool'),
  zpool('other trim secure', 'trim', '-d', '--', pool),
  zpool('other trim suspend', 'trim', '-s', '--', pool),
  zpool('other trim cancel', 'trim', '-c', '--', pool),
  zpool('zpool trim', 'trim', '-r', '1048576', '--', pool, first),
  zpool('other trim active', 'trim', '--', pool, first),
  zpool('zpool trim suspend', 'trim', '-s', '--', pool, first),
  zpool('zpool trim cancel', 'trim', '-c', '--', pool, first),
  zpool('zpool trim wait', 'trim', '-w', '--', pool),
  zpool('other initialize cancel', 'initialize', '-c', '--', pool),
  {
    ...zpool('zpool initialize suspend', 'initialize', '-s', '--', pool, first),
    before: `zpool initialize -- ${pool} ${first}`,
  },
  zpool('zpool initialize', 'initialize', '-w', '--', pool),
  { ...zpool('zpool initialize undo', 'initialize', '-u', '--', pool), only: 'trixie' },
];

const damage: readonly Case[] = [
  {
    name: 'zpool scrub repaired',
    // One half of the mirror is overwritten behind the back of the pool.
    script: `
      zpool export ${pool}
      dd if=/dev/urandom of=${first} bs=1M seek=12 count=100 conv=notrunc status=none
      zpool import -d ${files} ${pool}
      zpool scrub -w -- ${pool}
    `,
  },
  ...statuses('repaired'),
  {
    name: 'zpool scrub damaged',
    // Blocks of a file, of a snapshot and of a file that is no more.
    script: `
      zpool destroy -f ${pool}
      zpool create -f -O compression=off -O recordsize=4k ${pool} ${first}
      zfs create '${pool}/my data'
      seq -f 'quiesce-damage %08g' 3000 >/${pool}/'an image
errors: No known data errors'
      seq -f 'quiesce-damage %08g' 3000 >'/${pool}/my data/image'
      seq -f 'quiesce-damage %08g' 3000 >/${pool}/kept
      zfs snapshot ${pool}@kept
      rm /${pool}/kept
      zpool sync ${pool}
      zpool export ${pool}
      for offset in $(grep -abo quiesce-damage ${first} | cut -d : -f 1); do
        printf '%s\\n' $offset
      done | awk '{ block = int($1 / 4096) } block != last { print $1; last = block }' | while read -r offset; do
        printf damaged | dd of=${first} bs=1 seek="$offset" conv=notrunc status=none
      done
      zpool import -d ${files} ${pool}
      zpool scrub -w -- ${pool}
    `,
  },
  ...statuses('damaged'),
  { ...zpool('damaged files', 'status', '-j', '-v', '-p', '-P', '--', pool), only: 'trixie' },
  { name: 'damaged files text', script: `TZ=UTC LC_ALL=C zpool status -v -p -P -- ${pool}` },
  { ...zpool('damaged files nobody', 'status', '-v', '-p', '-P', '--', pool), user: 'nobody' },
  { name: 'damaged files text one', script: `rm -f /${pool}/an*; TZ=UTC LC_ALL=C zpool status -v -p -P -- ${pool}` },
];

export const scenario: Scenario = {
  program: 'zfs',
  setUp: `
    mkdir ${files}
    truncate -s 128M ${first} ${second}
    zpool create -f -O compression=off ${pool} mirror ${first} ${second}
    head -c 20M /dev/urandom >/${pool}/image
    zpool sync ${pool}
  `,
  cases: [...scrubs, ...resilvers, ...devices, ...damage],
  tearDown: `
    ${hold(0)}
    zpool destroy -f ${pool}
    rm -rf --one-file-system ${files}
    if [ -d /${pool} ]; then rmdir /${pool}; fi
  `,
};
