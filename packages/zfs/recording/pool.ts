import type { Case, Scenario } from '@quiesce/lab/scenario';
import { createPool, destroyPool, pool } from './parts/spare-pool.js';

const a = `${pool}/a`;
const filePool = 'quiesce-zfs-files';
const mapperPool = 'quiesce-zfs-dm';
const files = '/var/tmp/quiesce-zfs';
const parameters = '/sys/module/zfs/parameters';

const list = (name: string, of: string): Case => ({
  name,
  program: 'zpool',
  args: ['list', '-Hp', '-o', 'name,guid,health,readonly,size,allocated,free,capacity,fragmentation', '--', of],
});
const status = (what: string, of: string): Case => ({
  name: `zpool status ${what}`,
  program: 'zpool',
  args: ['status', '-j', '-p', '-P', '--', of],
});
const guids = (what: string, of: string): Case => ({
  name: `zpool guids ${what}`,
  program: 'zpool',
  args: ['list', '-Hp', '-o', 'name,guid,health', '--', of],
});
/** What OpenZFS before 2.3 tells people. */
const text = (what: string, of: string): Case => ({
  name: `zpool status text ${what}`,
  script: `TZ=UTC LC_ALL=C zpool status -p -P -- ${of}`,
});

/** Shell that gives the device-mapper device another table while it is in use. */
function loadTable(file: string): string {
  return `dmsetup reload ${mapperPool} ${file}; dmsetup suspend --noflush ${mapperPool}; dmsetup resume ${mapperPool}`;
}

const mirror: readonly Case[] = [
  list('zpool list', pool),
  { ...list('zpool list as ordinary user', pool), user: 'nobody' },
  list('no pool list', 'nopool'),
  { ...status('', 'nopool'), name: 'no pool status', only: 'trixie' },
  { ...guids('', 'nopool'), name: 'no pool guids' },
  { ...text('', 'nopool'), name: 'no pool status text' },
  status('online', pool),
  guids('online', pool),
  text('online', pool),
  {
    ...status('degraded', pool),
    before: `
      zpool offline ${pool} virtio-spare3
      head -c 60M /dev/urandom >/${a}/image
      zpool sync ${pool}
    `,
  },
  guids('degraded', pool),
  text('degraded', pool),
  {
    ...status('resilvered', pool),
    before: `
      zpool online ${pool} virtio-spare3
      # It begins a moment later.
      until zpool status ${pool} | grep -q 'scan: resilvered'; do sleep 0.5; done
    `,
  },
  guids('resilvered', pool),
  text('resilvered', pool),
  {
    ...status('scrub paused', pool),
    only: 'trixie',
    // Few bytes at a time, so that the scrub is paused before it has read all.
    before: `
      echo 131072 >${parameters}/zfs_scan_vdev_limit
      for attempt in $(seq 20); do
        zpool scrub ${pool}
        sleep 0.5
        zpool scrub -p ${pool} || continue
        if zpool status -jp ${pool} | grep -q '"state":"SCANNING".*"issued":"[1-9]'; then exit 0; fi
        zpool scrub -s ${pool}
      done
      exit 1
    `,
  },
  { ...status('scrub canceled', pool), only: 'trixie', before: `zpool scrub -s ${pool}` },
];

const readOnly: readonly Case[] = [
  {
    ...list('zpool list readonly', pool),
    before: `
      echo 16777216 >${parameters}/zfs_scan_vdev_limit
      zpool export ${pool}
      zpool import -o readonly=on -d /dev/disk/by-id ${pool}
    `,
  },
  { name: 'readonly snapshot', args: ['snapshot', '--', `${a}@ro`] },
  { name: 'readonly create', args: ['create', '--', `${pool}/ro`] },
  { name: 'readonly set', args: ['set', 'a:b=c', a] },
  { name: 'readonly destroy', args: ['destroy', '-vp', '--', `${a}@3`] },
];

const everyKind: readonly Case[] = [
  {
    ...status('all kinds', filePool),
    // With the scan suspended the replacement stays one.
    before: `
      mkdir ${files}
      for number in 0 1 2 3 4 5 6 7; do truncate -s 128M ${files}/f$number; done
      cd ${files}
      zpool create ${filePool} mirror $PWD/f0 $PWD/f1 special mirror $PWD/f2 $PWD/f3 \
        log $PWD/f4 cache $PWD/f5 spare $PWD/f6
      head -c 16M /dev/urandom >/${filePool}/image
      zpool sync ${filePool}
      zpool offline ${filePool} $PWD/f1
      echo 1 >${parameters}/zfs_scan_suspend_progress
      zpool replace ${filePool} $PWD/f1 $PWD/f7
    `,
  },
  guids('all kinds', filePool),
  text('all kinds', filePool),
  {
    ...status('data errors', filePool),
    // One block of a file is overwritten behind the back of the pool.
    before: `
      echo 0 >${parameters}/zfs_scan_suspend_progress
      zpool destroy -f ${filePool}
      zpool create -f -O compression=off ${filePool} ${files}/f0
      yes quiesce-damage | head -c 1M >/${filePool}/image
      zpool export ${filePool}
      offset=$(grep -abom1 quiesce-damage ${files}/f0 | head -n 1 | cut -d : -f 1)
      printf damaged | dd of=${files}/f0 bs=1 seek="$offset" conv=notrunc status=none
      zpool import -d ${files} ${filePool}
      zpool scrub -w ${filePool}
    `,
  },
  guids('data errors', filePool),
  text('data errors', filePool),
];

/** Shell that makes a pool on a device-mapper device, and takes the device away. */
const suspend = (failMode: 'wait' | 'continue'): string => `
  if [ ! -e ${files}/dm ]; then
    truncate -s 200M ${files}/dm
    loop=$(losetup --find --show ${files}/dm)
    echo "0 $(blockdev --getsz $loop) linear $loop 0" >table
    sed 's/linear.*/error/' table >error-table
    dmsetup create ${mapperPool} <table
    udevadm settle
  fi
  zpool create -o failmode=${failMode} ${mapperPool} /dev/mapper/${mapperPool}
  zpool sync ${mapperPool}
  ${loadTable('error-table')}
  (head -c 1M /dev/urandom >/${mapperPool}/image; exec sync -f /${mapperPool}) >/dev/null 2>&1 &
  for attempt in $(seq 120); do
    if zpool status ${mapperPool} | grep -q 'IO failures'; then exit 0; fi
    sleep 0.5
  done
  exit 1
`;

/** Shell that gives the pool its device back and destroys it. */
const resume = `
  ${loadTable('table')}
  zpool clear ${mapperPool}
  # What was held up is written first, and the pool is busy meanwhile.
  for attempt in $(seq 60); do
    if zpool destroy -f ${mapperPool}; then break; fi
    sleep 0.5
  done
`;

const suspended: readonly Case[] = [
  { ...guids('suspended', mapperPool), before: suspend('wait') },
  text('suspended', mapperPool),
  status('suspended', mapperPool),
  list('zpool list suspended', mapperPool),
  { name: 'suspended snapshot', args: ['snapshot', '--', `${mapperPool}@s`] },
  { name: 'suspended set', args: ['set', 'a:b=c', mapperPool] },
  { name: 'suspended create', args: ['create', '--', `${mapperPool}/x`] },
  { name: 'suspended destroy', args: ['destroy', '-vp', '-r', '--', `${mapperPool}@nope`] },
  { name: 'suspended list', args: ['list', '-Hp', '--', mapperPool] },
  {
    ...guids('suspended with failmode=continue', mapperPool),
    only: 'bookworm',
    before: `${resume}\n${suspend('continue')}`,
  },
  { ...text('suspended with failmode=continue', mapperPool), only: 'bookworm' },
];

export const scenario: Scenario = {
  program: 'zfs',
  setUp: `
    ${createPool}
    zfs create ${a}
    zfs snapshot ${a}@3
  `,
  cases: [...mirror, ...readOnly, ...everyKind, ...suspended],
  tearDown: `
    echo 16777216 >${parameters}/zfs_scan_vdev_limit
    echo 0 >${parameters}/zfs_scan_suspend_progress
    if dmsetup info ${mapperPool}; then
      cd /tmp/quiesce-recording
      ${resume}
      cd /
      dmsetup remove --retry ${mapperPool}
    fi
    for loop in $(losetup --noheadings --output NAME --associated ${files}/dm); do losetup -d $loop; done
    zpool destroy -f ${filePool}
    rm -rf --one-file-system ${files}
    rmdir /${filePool} /${mapperPool}
    ${destroyPool}
  `,
};
